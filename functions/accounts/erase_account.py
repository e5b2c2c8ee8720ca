"""Effect of DepartureChanged: the user pool's user, the admission, sessions, and answers kept for repeats."""

from accounts import cognito, identities, personal
from core import erasing, invited, keys, table, user_pool


@erasing.eraser
def handler(member_id: str) -> None:
    """The user goes last but one: until then it tells by which address the admission is found."""
    if address := user_pool.address_of(member_id):
        table.write(table.delete(keys.admission(invited.digest(address))))
    personal.remove_users(member_id)
    identities.forget(member_id)
    cognito.delete_user(member_id)
    erasing.drop(keys.account(member_id).pk)
    erasing.drop(keys.answer(member_id, "").pk)
