"""GET /v1/members/{handle}"""

from core import handles
from core.http import endpoint
from core.request import Path, Viewer
from members import store
from members.profile import Member


@endpoint()
def handler(handle: Path, viewer: Viewer) -> Member:
    return store.get(handles.find(handle, viewer).member_id).as_others_see()
