"""DELETE /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.media import steadily
from core.request import Caller, IfMatch, Now, Path
from timeline import attachments, store


@endpoint(status=204)
def handler(highlight_id: Path, me: Caller, seen: IfMatch, now: Now) -> None:
    old = store.own(highlight_id, me.id)
    seen.check(old.version)
    steadily(lambda: store.remove(old, *attachments.writes(old.media, [], old.id, now)))
