"""What a sign-up that came to nothing leaves in the user pool is taken away, once its time is over."""

from accounts import cognito
from core import keys, table
from core.events import SignUpChanged, subscriber


@subscriber(SignUpChanged)
def handler(event: SignUpChanged) -> None:
    """An account's facts come in the transaction that ends its sign-up: without either it never will be."""
    goes_on = table.get(keys.sign_up(event.sign_up_id), consistent=True)
    if not goes_on and not table.get(keys.member(event.sign_up_id), consistent=True):
        cognito.delete_user(event.sign_up_id)
