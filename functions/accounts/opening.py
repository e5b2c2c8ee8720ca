"""How an account comes to be: its user in the pool proven, and then its facts, or nothing of it."""

from datetime import datetime

from accounts import authorizations, cognito, identities, store
from accounts.account import Account, NewAccount
from accounts.authorizations import Proven
from accounts.store import SignUp
from core.errors import Conflict, Forbidden
from core.idempotency import Once

_TRIES = 8


def identity_of(new: NewAccount, now: datetime) -> Proven | None:
    """The proof stays good: with it whoever signs up so signs in next."""
    if new.identity is None:
        return None
    proven = authorizations.proven(new.identity, now)
    if identities.member_of(proven.identity) is not None:
        raise Conflict("This account there is linked with an account here already. Sign in by it.")
    return proven


def complete(sign_up: SignUp, address: str, once: Once, now: datetime) -> Account:
    """The user comes before the facts: what is cut off in between is no profile, and can be tried again."""
    try:
        _prove(sign_up, address)
        return store.finish(sign_up, once, now)
    except (Conflict, Forbidden):
        _drop(sign_up.id)
        raise


def _prove(sign_up: SignUp, address: str) -> None:
    """A try that was cut off, or is slower than this one, may have the address: it is taken from that."""
    for _ in range(_TRIES):
        holder = cognito.holder(address)
        if holder not in (None, sign_up.id):
            store.displace(holder, sign_up)
            if not _drop(holder):
                raise Conflict("There is an account with this address. Sign in, or reset its password.")
        if cognito.prove(sign_up.id):
            return
    raise Conflict("An account with this address is just being opened in several places; try again.")


def _drop(sign_up_id: str) -> bool:
    """Whether it was a sign-up that came to nothing, and no account."""
    gone = store.give_up(sign_up_id)
    if gone:
        cognito.delete_user(sign_up_id)
    return gone
