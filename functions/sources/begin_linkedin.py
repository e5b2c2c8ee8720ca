"""POST /v1/sources/linkedin/authorizations"""

from pydantic import Field

from core.http import endpoint
from core.request import Caller, Now
from core.shapes import Shape
from sources import consents, limits


class LinkedinAuthorization(Shape):
    address: str = Field(description="Where to send the browser.")


@endpoint(status=201)
def handler(me: Caller, now: Now) -> LinkedinAuthorization:
    consents.linkedin()  # before a try is counted
    limits.SOURCES.spend(me.id, now)
    return LinkedinAuthorization(address=consents.begin(me.id, now))
