"""Blind mode: a member has another alias for each searcher, until they decide to tell who they are."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from core import clock, cursors, keys, table
from core.errors import Malformed
from core.keys import INDEXES

_MARK = "~"  # which no handle has


def alias(member_id: str, searcher_id: str | None) -> str:
    """The same each time for this searcher, and of no use to anybody else."""
    return _MARK + cursors.seal(f"alias {searcher_id}", member_id)


def opened(alias: str, searcher_id: str) -> str | None:
    """Whose alias for this searcher it is; None: nobody's. Who is known by name, says `revealed_to`."""
    if not alias.startswith(_MARK):
        return None
    try:
        return cursors.unseal(f"alias {searcher_id}", alias.removeprefix(_MARK))
    except Malformed:
        return None


def revealed(member_id: str, to: str, now: datetime) -> table.Write:
    """The write that records whom a member tells who they are. It is done once, and cannot be undone."""
    at = clock.timestamp(now)
    listed = dict(zip(INDEXES["gsi1"], keys.revealed(to, at, member_id), strict=True))
    listed |= zip(INDEXES["gsi2"], keys.reveals(member_id, at, to), strict=True)
    places = "".join(f", {name} = if_not_exists({name}, :{name})" for name in listed)
    change = "SET #member_id = :member, #to = :to, #at = if_not_exists(#at, :at)" + places
    return table.update(keys.reveal(member_id, to), change, member=member_id, to=to, at=at, **listed)


def revealed_to(searcher_id: str | None, member_ids: Iterable[str]) -> set[str]:
    """Those of them who have told this searcher who they are."""
    if searcher_id is None:
        return set()
    wanted = [keys.reveal(each, searcher_id) for each in member_ids]
    return {item["member_id"] for some in batched(wanted, 100, strict=False) for item in table.get_many(some)}
