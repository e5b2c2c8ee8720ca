"""POST /v1/me/email-changes"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import addresses, cognito, limits
from core.http import Reply, endpoint
from core.request import Body, InPerson, Now
from core.shapes import Address, Shape


class EmailChange(Shape):
    email: Address
    password: Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]


@endpoint(status=202)
def handler(asked: Body[EmailChange], me: InPerson, now: Now) -> Reply:
    """The same answer whether the address is known or not: a code goes to whoever has it."""
    limits.EMAIL_CHANGES.spend(me.id, now)
    limits.MAILED_CODES.spend(asked.email, now)
    cognito.check_password(me.id, asked.password)
    addresses.ask(me.id, asked.email, now)
    return Reply(None, status=202)
