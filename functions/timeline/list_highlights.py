"""GET /v1/members/{handle}/highlights"""

from core import handles
from core.http import endpoint
from core.request import Path, Query, Viewer
from core.shapes import Page
from timeline import listing
from timeline.highlight import Card


@endpoint()
def handler(handle: Path, asked: Query[listing.ListHighlights], viewer: Viewer) -> Page[Card]:
    return listing.page(handles.find(handle, viewer), viewer, asked)
