"""Accounts in the table: begun, which reserves all that it takes, and finished, in two transactions."""

from datetime import datetime, timedelta
from typing import Any

from accounts import admissions, identities
from accounts.account import Account, NewAccount
from accounts.admissions import Admission
from accounts.authorizations import Proven
from core import clock, handles, invited, keys, openness, table
from core.clock import new_id
from core.errors import AppError, Conflict
from core.idempotency import Once
from core.keys import Key
from core.shapes import Shape
from core.table import Item, Write

# How long a sign-up that does not come to its end holds its handle, by whether its address is proven already:
# a code that the pool mails is good for a day.
_HELD = {True: timedelta(hours=1), False: timedelta(days=1)}
_OPEN = "attribute_not_exists(redeemed_at) AND attribute_not_exists(revoked_at) AND code_digest = :code"


class SignUp(Shape):
    """An account that is being opened. Each try is one of its own, with its own id; the latest counts."""

    id: str
    address_digest: str
    mail_domains: list[str]  # by which shields will know the member
    handle: str
    name: str
    proven: bool
    held_until: str
    admission: tuple[str, str]
    code_digest: str
    identity: tuple[str, str] | None = None  # of a provider: which, and the digest of who it is there
    ttl: int
    version: int = 1

    def account(self) -> Account:
        return Account(id=self.id, handle=self.handle, name=self.name)


def begin(new: NewAccount, admission: Admission, now: datetime, proven: Proven | None = None) -> SignUp:
    """Reserves admission and handle for this try; what an earlier one with the code reserved is freed."""
    until = now + _HELD[admission.proves_address]
    sign_up = SignUp(
        id=new_id(),
        address_digest=invited.digest(new.email),
        mail_domains=openness.domains_of(new.email),
        handle=new.handle,
        name=new.name,
        proven=admission.proves_address,
        held_until=clock.timestamp(until),
        admission=tuple(admission.key),
        code_digest=admission.item["code_digest"],
        identity=(proven.provider, proven.identity) if proven else None,
        ttl=int(until.timestamp()),
    )
    known = table.put(keys.sign_up(sign_up.id)._asdict() | sign_up.model_dump())
    reserved, held = _reserved(sign_up, admission, now), _held(sign_up, admission, now)
    try:
        table.write(reserved, held, known, *_freed(sign_up, admission, now))
    except table.ConditionFailed as failure:
        raise _refusal(failure) from None
    return sign_up


def pending(sign_up_id: str, address: str, now: datetime) -> SignUp | None:
    """One that waits for the proof of its address."""
    item = table.get(keys.sign_up(sign_up_id), consistent=True)
    if item is None or item["proven"] or item["address_digest"] != invited.digest(address):
        return None
    return _sign_up(item) if item["held_until"] > clock.timestamp(now) else None


def wait(sign_up: SignUp, once: Once, answer: Account) -> None:
    """Nothing is written but the answer, and that only if no later try has taken this one's place."""
    try:
        once.write(_goes_on(sign_up), answer=answer)
    except table.ConditionFailed as failure:
        raise _refusal(failure) from None


def finish(sign_up: SignUp, once: Once, now: datetime) -> Account:
    """The admission redeemed, the handle, the profile: all or none, and none if a later try was begun."""
    account, stamp = sign_up.account(), clock.timestamp(now)
    owner = {"member_id": account.id, "handle": account.handle, "visibility": "public", "current": True}
    stamps = {"version": 1, "created_at": stamp, "updated_at": stamp}
    profile = account.model_dump(exclude={"confirmed"}) | {"visibility": "public", "badges": []} | stamps
    redeemed = table.update(
        Key(*sign_up.admission),
        "SET redeemed_at = :at, redeemed_by = :id REMOVE email, #ttl",
        f"sign_up_id = :id AND {_OPEN}",
        **{"at": stamp, "id": account.id, "code": sign_up.code_digest},
    )
    named = table.put(_handle(account.handle) | owner, "member_id = :id", id=account.id)
    known = table.put(keys.member(account.id)._asdict() | profile, "attribute_not_exists(pk)")
    ended = table.delete(keys.sign_up(account.id), "held_until > :now", now=stamp)
    mailed = table.put(keys.mail_domains(account.id)._asdict() | {"domains": sign_up.mail_domains})
    linked = identities.opened(account.id, *sign_up.identity, now) if sign_up.identity else []
    try:
        once.write(redeemed, named, known, ended, mailed, *linked, answer=account)
    except table.ConditionFailed as failure:
        if linked and not {0, 1} & set(failure.found) and 5 in failure.found:
            raise identities.others() from None
        raise _refusal(failure) from None
    return account


def displace(other_id: str, sign_up: SignUp) -> None:
    """Ends what has the address, if it is a sign-up; only by one that has not been displaced itself."""
    try:
        table.write(_goes_on(sign_up), table.delete(keys.sign_up(other_id)))
    except table.ConditionFailed as failure:
        raise _refusal(failure) from None


def give_up(sign_up_id: str) -> bool:
    """Whether it is no account, and by now never will be: `finish` asks for the item that this takes away."""
    table.write(table.delete(keys.sign_up(sign_up_id)))
    return table.get(keys.member(sign_up_id), consistent=True) is None


def _goes_on(sign_up: SignUp) -> Write:
    return table.check(keys.sign_up(sign_up.id), "attribute_exists(pk)")


def _reserved(sign_up: SignUp, admission: Admission, now: datetime) -> Write:
    """An invitation keeps its place until the sign-up is over, even if its own time ends before."""
    alive = "(attribute_not_exists(expires_at) OR expires_at > :now)"
    latest = "sign_up_id = :former" if admission.former else "attribute_not_exists(sign_up_id)"
    change = "SET sign_up_id = :id, held_until = :until"
    values: dict[str, Any] = {"id": sign_up.id, "until": sign_up.held_until, "code": sign_up.code_digest}
    if admission.item.get(keys.TTL, sign_up.ttl) < sign_up.ttl:
        change, values["ttl"] = f"{change}, #ttl = :ttl", sign_up.ttl
    values |= {"now": clock.timestamp(now)} | _former(admission)
    return table.update(admission.key, change, f"{latest} AND {alive} AND {_OPEN}", **values)


def _held(sign_up: SignUp, admission: Admission, now: datetime) -> Write:
    fields = {"handle", "held_until", "ttl"}
    hold = _handle(sign_up.handle) | sign_up.model_dump(include=fields) | {"member_id": sign_up.id}
    ours = " OR member_id = :former" if admission.former else ""
    return table.put(hold, handles.FREE + ours, now=clock.timestamp(now), **_former(admission))


def _former(admission: Admission) -> dict[str, str]:
    return {"former": admission.former} if admission.former else {}


def _freed(sign_up: SignUp, admission: Admission, now: datetime) -> list[Write]:
    item = table.get(keys.sign_up(admission.former), consistent=True) if admission.former else None
    if item is None:
        return []
    former = _sign_up(item)
    writes = [table.delete(keys.sign_up(former.id))]
    old, new = (handles.skeleton(each.handle) for each in (former, sign_up))
    if old != new and former.held_until > clock.timestamp(now):
        writes.append(table.delete(keys.handle(old), "member_id = :former", former=former.id))
    return writes


def _refusal(failure: table.ConditionFailed) -> AppError:
    """By what stood there; the admission comes first in both transactions, and the handle second."""
    item = failure.found.get(0) or {}
    if 0 not in failure.found:
        if 1 in failure.found:
            return Conflict("This handle, or one that looks like it, is taken; choose another.")
        return Conflict("This took too long. Begin again; the code is still good.")
    if "redeemed_at" in item:
        return admissions.used()
    if "revoked_at" in item:
        return admissions.revoked()
    return Conflict("This code is just being used in another try. Go on there, or begin again.")


def _sign_up(item: Item) -> SignUp:
    return SignUp.model_validate({name: item.get(name) for name in SignUp.model_fields})


def _handle(handle: str) -> dict[str, Any]:
    return keys.handle(handles.skeleton(handle))._asdict()
