"""PUT /v1/me/password"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import account, cognito, limits, notices, sessions
from core.http import Reply, endpoint
from core.request import AccessToken, Bearer, Body, InPerson, Now
from core.shapes import Shape


class PasswordChange(Shape):
    old_password: Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]
    password: account.Password


@endpoint(status=204)
def handler(
    change: Body[PasswordChange], me: InPerson, bearer: Bearer, token: AccessToken, now: Now
) -> Reply:
    """Whoever else had learned the old password is out: all other sessions end, and the owner is told."""
    limits.PASSWORDS.spend(me.id, now)
    address = cognito.own_address(me.id)  # first, so that a fault leaves everything as it was
    cognito.change_password(token, change.old_password, change.password)
    sessions.end_all(me.id, now, notices.password_changed(me.id, address, now), but=bearer.session)
    return Reply(None)
