"""PUT /v1/me/password"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import account, cognito, limits
from core.http import Reply, endpoint
from core.request import AccessToken, Body, Caller, Now
from core.shapes import Shape


class PasswordChange(Shape):
    old_password: Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]
    password: account.Password


@endpoint(status=204)
def handler(change: Body[PasswordChange], me: Caller, token: AccessToken, now: Now) -> Reply:
    """Other sessions stay; `DELETE /v1/sessions?everywhere=true` ends them."""
    limits.PASSWORDS.spend(me.id, now)
    cognito.change_password(token, change.old_password, change.password)
    return Reply(None)
