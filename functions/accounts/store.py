"""A new account's facts: its admission redeemed, its handle and its profile, all or none."""

from datetime import datetime

from accounts.account import Account
from accounts.admissions import Admission
from core import clock, handles, keys, table
from core.errors import Conflict
from core.idempotency import Once

_NEW = "attribute_not_exists(pk)"


def add(account: Account, admission: Admission, once: Once, now: datetime) -> None:
    stamp = clock.timestamp(now)
    owner = {"member_id": account.id, "handle": account.handle, "visibility": "public", "current": True}
    stamps = {"version": 1, "created_at": stamp, "updated_at": stamp}
    profile = account.model_dump() | {"visibility": "public", "badges": []} | stamps
    condition = "member_id = :id AND attribute_not_exists(redeemed_at)"
    redeemed = table.update(admission.key, "SET redeemed_at = :at", condition, at=stamp, id=account.id)
    named = table.put(keys.handle(handles.skeleton(account.handle))._asdict() | owner, _NEW)
    known = table.put(keys.member(account.id)._asdict() | profile, _NEW)
    try:
        once.write(redeemed, named, known, answer=account)
    except table.ConditionFailed as failure:
        if 1 in failure.found:
            raise Conflict("This handle, or one that looks like it, is taken; choose another.") from None
        raise Conflict("This code has been used. Sign in instead.") from None
