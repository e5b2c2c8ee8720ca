"""POST /v1/accounts/confirmation-codes"""

from accounts import cognito, limits, store
from core.http import Reply, endpoint
from core.request import Body, Now
from core.shapes import Address, Id, Shape


class CodeRequest(Shape):
    id: Id
    email: Address


@endpoint(status=202)
def handler(asked: Body[CodeRequest], now: Now) -> Reply:
    """The same answer whether or not there is an account that waits for its code."""
    limits.CONFIRMATION_CODES.spend(asked.email, now)
    if sign_up := store.pending(asked.id, asked.email, now):
        cognito.mail_confirmation_code(sign_up.id)
    return Reply(None, status=202)
