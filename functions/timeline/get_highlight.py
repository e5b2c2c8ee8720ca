"""GET /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.request import Path, Viewer
from timeline import store
from timeline.highlight import Highlight


@endpoint()
def handler(highlight_id: Path, viewer: Viewer) -> Highlight:
    return store.visible(highlight_id, viewer)
