"""PUT /v1/moderation/members/{handle}/suspension"""

from typing import Annotated

from pydantic import StringConstraints

from accounts import cognito, departures
from core.errors import Conflict
from core.http import endpoint
from core.request import Body, Now, Operator, Path
from core.shapes import Line, Shape


class Suspension(Shape):
    reason: Annotated[Line, StringConstraints(min_length=1, max_length=500)]


@endpoint(status=204)
def handler(handle: Path, said: Body[Suspension], me: Operator, now: Now) -> None:
    member_id = departures.member_of(handle)
    if member_id == me.id:
        raise Conflict("You cannot suspend yourself.")
    departures.suspend(member_id, said.reason, me.id, now)
    cognito.disable(member_id)
