"""DELETE /v1/me/domain"""

from core.errors import Conflict
from core.http import Reply, endpoint
from core.request import Caller
from domains import store

_TRIES = 5


@endpoint(status=204)
def handler(me: Caller) -> Reply:
    """At once: the old address no longer redirects, and the edge stops to serve the domain."""
    for _ in range(_TRIES):
        claim = store.claim_of(me.id)
        if claim is None:
            return Reply(None)
        try:
            store.give_up(claim)
        except store.Overtaken:
            continue
    raise Conflict("Your domain is being changed in several places at once; try again.")
