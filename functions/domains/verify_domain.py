"""POST /v1/me/domain/verifications"""

from core.errors import NotFound
from core.http import Reply, endpoint
from core.limits import Limit
from core.request import Caller, Now
from domains import shown, store
from domains.shown import Domain

_LOOKS = Limit("domain-look", times=20, seconds=600)


@endpoint(status=202, answer=Domain)
def handler(me: Caller, now: Now) -> Reply:
    """DNS is asked in the background: GET says when `checking` is over."""
    claim = store.claim_of(me.id)
    if claim is None:
        raise NotFound("You have no domain here.")
    if claim.asked == claim.answered:
        _LOOKS.spend(me.id, now)
        store.ask(me.id, claim.name)
        claim = store.claim_of(me.id) or claim
    return Reply(shown.domain(claim))
