"""POST /v1/sources/{source_id}/polls"""

from core.errors import Conflict
from core.http import endpoint
from core.request import Caller, Now, Path
from sources import limits, store
from sources.source import Source


@endpoint(status=202)
def handler(source_id: Path, me: Caller, now: Now) -> Source:
    found = store.own(source_id, me.id)
    if found.source.state not in ("active", "previewing"):
        raise Conflict("It is not looked at. Make it active first.")
    limits.POLLS.spend(source_id, now)
    return store.ask(found, now)
