"""DELETE /v1/highlights/{highlight_id}"""

from core.http import endpoint
from core.request import Caller, IfMatch, Path
from timeline import store


@endpoint(status=204)
def handler(highlight_id: Path, me: Caller, seen: IfMatch) -> None:
    old = store.own(highlight_id, me.id)
    seen.check(old.version)
    store.remove(old)
