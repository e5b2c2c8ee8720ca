"""PUT /v1/me/email-changes"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import addresses, limits
from core.http import endpoint
from core.request import Body, InPerson, Now
from core.shapes import Shape


class MailedCode(Shape):
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


@endpoint(status=204)
def handler(given: Body[MailedCode], me: InPerson, now: Now) -> None:
    limits.EMAIL_CODES.spend(me.id, now)
    addresses.change(me.id, given.code, now)
