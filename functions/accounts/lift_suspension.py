"""DELETE /v1/moderation/members/{handle}/suspension"""

from accounts import cognito, departures
from core.http import endpoint
from core.request import Operator, Path


@endpoint(status=204)
def handler(handle: Path, me: Operator) -> None:  # noqa: ARG001 - only an operator may
    """The user comes first: what fails in between can be tried again."""
    member_id = departures.member_of(handle)
    departures.check_suspended(member_id)
    cognito.enable(member_id)
    departures.lift(member_id)
