"""POST /v1/me/tokens"""

from accounts import limits, personal
from accounts.personal import NewToken, ShownOnce
from core.http import endpoint
from core.request import Body, InPerson, Now


@endpoint(status=201)
def handler(new: Body[NewToken], me: InPerson, now: Now) -> ShownOnce:
    """Takes no Idempotency-Key: what a repeat is answered is kept, and this must stand nowhere."""
    limits.TOKENS.spend(me.id, now)
    return personal.make(new, me.id, now)
