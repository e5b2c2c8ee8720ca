"""GET /v1/me/domain"""

from core.errors import NotFound
from core.http import endpoint
from core.request import Caller
from domains import shown, store
from domains.shown import Domain


@endpoint()
def handler(me: Caller) -> Domain:
    claim = store.claim_of(me.id)
    if claim is None:
        raise NotFound("You have no domain here.")
    return shown.domain(claim)
