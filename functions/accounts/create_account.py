"""POST /v1/accounts"""

from accounts import admissions, cognito, limits, store
from accounts.account import Account, NewAccount
from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Now


@endpoint(status=201)
def handler(new: Body[NewAccount], now: Now, once: Once) -> Account:
    """The user comes before the facts: what fails in between is nobody's profile, and can be tried again."""
    once.answer_again()
    limits.SIGN_UPS.spend(new.email, now)
    admission = admissions.claim(new.email, new.code)
    cognito.sign_up(admission.member_id, new.email, new.password)
    account = Account(id=admission.member_id, handle=new.handle, name=new.name)
    store.add(account, admission, once, now)
    return account
