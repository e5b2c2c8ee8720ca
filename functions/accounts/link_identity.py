"""POST /v1/me/identities"""

from accounts import authorizations, cognito, confirming, identities, limits, notices
from accounts.authorizations import Proof
from accounts.identities import Identity
from core import clock, table
from core.errors import Conflict
from core.http import endpoint
from core.idempotency import Once
from core.request import Bearer, Body, InPerson, Now


class NewIdentity(confirming.Confirmed):
    identity: Proof


@endpoint(status=201)
def handler(new: Body[NewIdentity], me: InPerson, bearer: Bearer, now: Now, once: Once) -> Identity:
    """Who has a member's access token for a moment must not be able to stay: hence the password."""
    once.answer_again()
    limits.IDENTITIES.spend(me.id, now)
    confirming.check(new, bearer, now)
    proven = authorizations.proven(new.identity, now)
    address = cognito.own_address(me.id)
    notice = notices.ways_in_changed(me.id, address, proven.provider, now, linked=True)
    answer = Identity(provider=proven.provider, linked_at=clock.timestamp(now))
    try:
        once.write(*identities.link(me.id, proven, now), proven.taken(), notice, answer=answer)
    except table.ConditionFailed as failure:
        raise identities.others() if 0 in failure.found else Conflict("Try that again.") from None
    return answer
