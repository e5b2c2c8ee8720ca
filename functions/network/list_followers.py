"""GET /v1/members/{handle}/followers"""

from core import handles
from core.http import endpoint
from core.request import Path, Query, Viewer
from core.shapes import Page, Paged
from network import follows
from network.person import Person


@endpoint()
def handler(handle: Path, asked: Query[Paged], viewer: Viewer) -> Page[Person]:
    return follows.page(handles.find(handle, viewer).member_id, "followers", viewer, asked)
