"""GET /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.request import Path, Viewer
from timeline import people, store
from timeline.highlight import Highlight


@endpoint()
def handler(highlight_id: Path, viewer: Viewer) -> Highlight:
    highlight = store.get(highlight_id)
    if highlight and viewer and viewer.id == highlight.member_id:
        return highlight
    return people.visible(highlight, viewer)
