"""DELETE /v1/opportunities/{opportunity_id}"""

from core.http import endpoint
from core.request import Caller, IfMatch, Path
from opportunities import store


@endpoint(status=204)
def handler(opportunity_id: Path, me: Caller, seen: IfMatch) -> None:
    old = store.own(opportunity_id, me.id)
    seen.check(old.version)
    store.remove(old)
