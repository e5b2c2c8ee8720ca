"""GET /v1/members/{handle}"""

from core import handles, openness
from core.http import endpoint
from core.request import Now, Path, Viewer
from members import store
from members.profile import Member


@endpoint()
def handler(handle: Path, viewer: Viewer, now: Now) -> Member:
    found = store.get(handles.find(handle, viewer).member_id)
    return found.as_seen(openness.seen_by(found.model_dump(), openness.looker(viewer), now))
