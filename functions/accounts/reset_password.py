"""PUT /v1/password-resets"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import account, cognito, identities, limits, notices, sessions
from core.http import Reply, endpoint
from core.request import Body, Now
from core.shapes import Address, Shape


class Reset(Shape):
    email: Address
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    password: account.Password


@endpoint(status=204)
def handler(reset: Body[Reset], now: Now) -> Reply:
    """Who had to reset a password may have lost it to somebody: all sessions end."""
    limits.RESET_CODES.spend(reset.email, now)
    cognito.reset_password(reset.email, reset.code, reset.password)
    if member_id := cognito.holder(reset.email):  # unless the account is gone in the meantime
        identities.note_password(member_id)
        cognito.sign_out_everywhere(member_id)
        sessions.end_all(member_id, now, notices.password_changed(member_id, reset.email, now))
    return Reply(None)
