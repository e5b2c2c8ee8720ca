"""Access tokens that are no good any more, though they have not expired.

API Gateway takes a token for as long as it says itself. So whoever ends a session, suspends or deletes a
member writes so here, and each request asks (core/request.py). All that one has to know stands in 32 small
items, by the last letter of the member's id; a process reads each at most twice a minute, and so this costs
next to nothing and takes effect within half a minute. What is older than any token is dropped by the next
writer.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from core import clock, keys, table
from core.errors import Unauthenticated
from core.table import Item

_FRESH_SECONDS = 30
_LONGEST_TOKEN_SECONDS = 3600  # they are good for 15 minutes (infra/state.py)
_DROPPED_AT_ONCE = 100  # an expression has 4 KB

_read: dict[str, tuple[float, list[Item]]] = {}  # by shard: when, and what


def check(member_id: str, names: Iterable[str], claims: Mapping[str, Any]) -> None:
    """`names`: of the session that the token belongs to. Raises Unauthenticated."""
    issued = int(claims.get("iat", 0))
    for each in _entries(member_id):
        if each["member_id"] == member_id and issued <= each["at"] and _means(each, set(names)):
            raise Unauthenticated("This access token is no longer good. Sign in again.")


def ended(
    member_id: str, now: datetime, *, session: str | None = None, but: str | None = None
) -> table.Write:
    """A write, to go with what it is about: the member's tokens end, up to those of this second; of one
    `session` alone, or of all `but` one.
    """
    shard, at = keys.standing(member_id), int(now.timestamp())
    stored = _of(table.get(shard))
    old = [name for name, each in stored.items() if each["at"] < at - _LONGEST_TOKEN_SECONDS]
    removed = ", ".join(f"#{name}" for name in old[:_DROPPED_AT_ONCE])
    entry = {"member_id": member_id, "at": at, "session": session, "but": but}
    # A name of its own for each, so that writers never get in each other's way.
    change = f"SET #{clock.new_id()} = :entry" + (f" REMOVE {removed}" if removed else "")
    return table.update(shard, change, entry=entry)


def forget() -> None:
    """What this process knows; for who has just written, and for tests."""
    _read.clear()


def _entries(member_id: str) -> list[Item]:
    shard, now = keys.standing(member_id), time.time()
    when, entries = _read.get(shard.pk, (0.0, []))
    if not 0 <= now - when < _FRESH_SECONDS:
        entries = list(_of(table.get(shard)).values())
        _read[shard.pk] = (now, entries)
    return entries


def _of(item: Item | None) -> dict[str, Item]:
    return {name: value for name, value in (item or {}).items() if name not in (keys.PK, keys.SK)}


def _means(entry: Item, names: set[str]) -> bool:
    if session := entry.get("session"):
        return session in names
    return entry.get("but") not in names
