"""Invitations as seen by their codes: whose one is, and whether it still holds.

A code's own item leads to the invitation in its place among those of its member. The place serves another one
once this one was revoked or has expired, which the code's item outlives to say so.
"""

import hashlib
from datetime import datetime
from typing import Literal, NamedTuple

from core import clock, keys, table

type State = Literal["free", "sent", "redeemed", "expired", "revoked"]


class Invited(NamedTuple):
    key: keys.Key  # of the invitation
    inviter_id: str
    state: State
    item: table.Item  # the invitation; empty once its place serves another


def digest(text: str) -> str:
    """Of a code, or of an address that may open an account: neither stands in the table.

    A code has 192 random bits, so nobody comes from this to the code.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def find(code: str, now: datetime) -> Invited | None:
    """Two calls; one where there is no such code."""
    code_digest = digest(code)
    led = table.get(keys.invited(code_digest), consistent=True)
    if led is None:
        return None
    key = keys.invitation(led["inviter_id"], led["place"])
    item = table.get(key, consistent=True) or {}
    if item.get("code_digest") == code_digest:
        return Invited(key, led["inviter_id"], state(item, now), item)
    over: State = "expired" if led["expires_at"] <= clock.timestamp(now) else "revoked"
    return Invited(key, led["inviter_id"], over, {})


def state(item: table.Item, now: datetime) -> State:
    if "redeemed_at" in item:
        return "redeemed"
    if "revoked_at" in item:
        return "revoked"
    return "sent" if item["expires_at"] > clock.timestamp(now) else "expired"
