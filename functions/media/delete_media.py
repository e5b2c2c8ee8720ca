"""DELETE /v1/media/{media_id}"""

from core.http import endpoint
from core.request import Caller, Path
from media import store


@endpoint(status=204)
def handler(media_id: Path, me: Caller) -> None:
    store.remove(store.own(media_id, me.id))
