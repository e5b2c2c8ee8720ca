"""POST /v1/accounts/confirmations"""

from accounts import cognito, limits, opening, store
from accounts.account import Account, MailedCode
from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Now
from core.shapes import Address, Id, Shape


class Confirmation(Shape):
    """A code is for the account of its `id`, and not for what others try with the same address."""

    id: Id
    email: Address
    code: MailedCode


@endpoint(status=201)
def handler(given: Body[Confirmation], now: Now, once: Once) -> Account:
    once.answer_again()
    limits.CONFIRMATIONS.spend(given.id, now)
    sign_up = store.pending(given.id, given.email, now)
    if sign_up is None:
        raise cognito.wrong_code()
    cognito.confirm(sign_up.id, given.code)
    return opening.complete(sign_up, given.email, once, now)
