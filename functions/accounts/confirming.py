"""What takes more than an access token: the password too, unless one has just signed in."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from accounts import cognito
from core.errors import Forbidden
from core.request import Bearer
from core.shapes import Shape

_RECENTLY_SECONDS = 300


class Confirmed(Shape):
    """`password` may be left out within five minutes of signing in."""

    password: (
        Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)] | None
    ) = None


def check(said: Confirmed, bearer: Bearer, now: datetime) -> None:
    """Raises Forbidden."""
    if said.password is not None:
        cognito.check_password(bearer.member_id, said.password)
    elif now.timestamp() - bearer.signed_in_at > _RECENTLY_SECONDS:
        raise Forbidden("Send your password, or sign in again first.")
