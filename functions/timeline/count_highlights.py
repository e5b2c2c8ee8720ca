"""GET /v1/members/{handle}/timeline"""

from core import handles
from core.http import endpoint
from core.request import Path, Query, Viewer
from timeline import listing, years


@endpoint()
def handler(handle: Path, asked: Query[years.CountHighlights], viewer: Viewer) -> years.Years:
    found = handles.find(handle, viewer)
    return years.of(found.member_id, asked.facet(), listing.audience_of(found, viewer))
