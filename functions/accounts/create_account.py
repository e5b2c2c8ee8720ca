"""POST /v1/accounts"""

from accounts import admissions, cognito, limits, opening, store
from accounts.account import Account, NewAccount
from core.http import endpoint
from core.idempotency import Once
from core.network import Network
from core.request import Body, Now


@endpoint(status=201)
def handler(new: Body[NewAccount], network: Network, now: Now, once: Once) -> Account:
    """Each try is a sign-up of its own; of those with one code the latest counts, from whatever device."""
    once.answer_again()
    password = new.secret()
    limits.SIGN_UPS.spend(new.email, now)
    admission = admissions.find(new.email, new.code, now)
    if admission is None or not admission.proves_address:
        limits.UNPROVEN.spend(network, now)
    if admission is None:
        raise admissions.unknown()
    if not admission.proves_address:
        limits.CONFIRMATION_CODES.spend(new.email, now)
    sign_up = store.begin(new, admission, now, opening.identity_of(new, now))
    cognito.sign_up(sign_up.id, new.email, password)
    if sign_up.proven:
        return opening.complete(sign_up, new.email, once, now)
    waiting = sign_up.account().model_copy(update={"confirmed": False})
    store.wait(sign_up, once, waiting)
    return waiting
