"""POST /v1/password-resets"""

from accounts import cognito, limits
from core.http import Reply, endpoint
from core.network import Network
from core.request import Body, Now
from core.shapes import Address, Shape


class ResetRequest(Shape):
    email: Address


@endpoint(status=202)
def handler(asked: Body[ResetRequest], network: Network, now: Now) -> Reply:
    """The same answer whether there is an account or not: a code goes to those who have one."""
    limits.spend_reset(network, asked.email, now)
    cognito.mail_reset_code(asked.email)
    return Reply(None, status=202)
