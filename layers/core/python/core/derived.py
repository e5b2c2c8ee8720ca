"""What follows from a fact is kept right by moving it from the state that a marker tells to that of the fact.

The marker says what has been derived so far. One transaction checks that the fact is still what was read,
that the marker is too, and carries out the difference. So it does not matter whether an event comes twice,
late, or before an older one: each run ends at what the fact says now, and nothing is counted twice.
"""

from collections.abc import Callable

from core import table
from core.table import Item, Key, Write

_TRIES = 8


class Contended(Exception):
    """The fact kept changing; the queue brings the event again."""


def settle(
    fact: Key,
    marker: Key,
    wanted: Callable[[Item | None], Item | None],
    moves: Callable[[Item, Item], list[Write]],
) -> None:
    """Makes `marker` hold what is `wanted` of the fact, with the `moves` from the former state to that one.

    Both states are dicts ({}: nothing). A transaction holds 100 items, so `moves` may give 98 at most.
    """
    for _ in range(_TRIES):
        found = {each[table.SK]: each for each in _read(fact, marker)}
        now, before = found.get(fact.sk), found.get(marker.sk)
        old, new = (before or {}).get("state", {}), wanted(now) or {}
        if old == new:
            return
        try:
            table.write(_unchanged(fact, now), _marked(marker, before, new), *moves(old, new))
        except table.ConditionFailed:
            continue
        return
    raise Contended(fact.pk)


def _read(fact: Key, marker: Key) -> list[Item]:
    return [item for key in (fact, marker) if (item := table.get(key, consistent=True))]


def _unchanged(fact: Key, now: Item | None) -> Write:
    if now is None:
        return table.check(fact, "attribute_not_exists(pk)")
    return table.check(fact, "version = :seen", seen=now["version"])


def _marked(marker: Key, before: Item | None, state: Item) -> Write:
    """A marker of nothing is dropped; `revision` tells a state from the same one later."""
    revision = before["revision"] if before else 0
    condition = "revision = :seen" if before else "attribute_not_exists(pk)"
    values = {"seen": revision} if before else {}
    if not state:
        return table.delete(marker, condition, **values)
    item = marker._asdict() | {"state": state, "revision": revision + 1}
    return table.put(item, condition, **values)
