"""GET /v1/me/reveals"""

from core.http import endpoint
from core.request import Caller, Query
from core.shapes import Page, Paged
from space_station import reveals
from space_station.reveals import Reveal


@endpoint()
def handler(asked: Query[Paged], me: Caller) -> Page[Reveal]:
    return reveals.page(me.id, asked)
