"""DELETE /v1/me"""

from accounts import account, cognito, confirming, departures, limits
from core.http import Reply, endpoint
from core.request import Bearer, Body, InPerson, Now


class Farewell(confirming.Confirmed):
    """`password` may be left out within five minutes of signing in."""


@endpoint(status=202)
def handler(said: Body[Farewell], me: InPerson, bearer: Bearer, now: Now) -> Reply:
    """At once nobody sees the member and no token is good; the rest is erased by effects."""
    limits.DEPARTURES.spend(me.id, now)
    confirming.check(said, bearer, now)
    departures.leave(me.id, now)
    cognito.disable(me.id)
    return Reply(None, status=202, cookies=(account.cookie("", 0),))
