"""Admissions: who may open an account. One address, one code, one account."""

import hashlib
import hmac
from typing import NamedTuple

from core import keys, table
from core.clock import new_id
from core.errors import Conflict, Forbidden


class Admission(NamedTuple):
    key: keys.Key
    member_id: str


def digest(text: str) -> str:
    """Neither addresses nor codes stand in the table."""
    return hashlib.sha256(text.encode()).hexdigest()


def claim(address: str, code: str) -> Admission:
    """Reserves the admission for one member id: the same for every try, so that none has to start anew."""
    key = keys.admission(digest(address))
    item = table.get(key, consistent=True)
    if item is None or not hmac.compare_digest(item["code_digest"], digest(code)):
        raise Forbidden("This code does not admit this address.")
    if "redeemed_at" in item:
        raise Conflict("This code has been used. Sign in instead.")
    return Admission(key, item.get("member_id") or _reserve(key))


def _reserve(key: keys.Key) -> str:
    member_id = new_id()
    try:
        table.write(table.update(key, "SET member_id = :id", "attribute_not_exists(member_id)", id=member_id))
    except table.ConditionFailed as failure:  # a second try of the same person was a moment faster
        return str((failure.found[0] or {})["member_id"])
    return member_id
