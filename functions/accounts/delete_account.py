"""DELETE /v1/me"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from accounts import account, cognito, departures, limits
from core.errors import Forbidden
from core.http import Reply, endpoint
from core.request import Bearer, Body, InPerson, Now
from core.shapes import Shape

_RECENTLY_SECONDS = 300


class Farewell(Shape):
    """`password` may be left out within five minutes of signing in."""

    password: (
        Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)] | None
    ) = Field(None)


@endpoint(status=202)
def handler(said: Body[Farewell], me: InPerson, bearer: Bearer, now: Now) -> Reply:
    """At once nobody sees the member and no token is good; the rest is erased by effects."""
    limits.DEPARTURES.spend(me.id, now)
    _confirm(said.password, bearer, now)
    departures.leave(me.id, now)
    cognito.disable(me.id)
    return Reply(None, status=202, cookies=(account.cookie("", 0),))


def _confirm(password: str | None, bearer: Bearer, now: datetime) -> None:
    if password is not None:
        cognito.check_password(bearer.member_id, password)
    elif now.timestamp() - bearer.signed_in_at > _RECENTLY_SECONDS:
        raise Forbidden("Send your password, or sign in again first.")
