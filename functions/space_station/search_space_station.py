"""GET /v1/space-station"""

from core.http import endpoint
from core.request import Now, Query, Viewer
from space_station import searching
from space_station.asking import People, SearchSpaceStation


@endpoint()
def handler(asked: Query[SearchSpaceStation], viewer: Viewer, now: Now) -> People:
    return searching.search(asked, viewer, now)
