"""GET /v1/media/{media_id}"""

from core.http import endpoint
from core.request import Caller, Path
from media import store
from media.media import Media, media


@endpoint()
def handler(media_id: Path, me: Caller) -> Media:
    return media(store.own(media_id, me.id))
