"""What follows from a fact is kept right by moving it from the state that a marker tells to that of the fact.

The marker says what has been derived so far. One transaction checks that the fact is still what was read,
that the marker is too, and carries out the difference. So it does not matter whether an event comes twice,
late, or before an older one: each run ends at what the fact says now, and nothing is counted twice.
"""

from collections.abc import Callable

from core import keys, table
from core.keys import Key
from core.table import Item, Write

_TRIES = 8
_MOST_MARKERS = 100  # of its owner, of ten collaborators and of former ones, for each effect


class Contended(Exception):
    """The fact kept changing; the queue brings the event again."""


type Collection = dict[str, Item]  # a fact and its markers, by sort key


def collection(fact: Key) -> Collection:
    """They share a partition, so that one call reads them all as they are now."""
    items, _ = table.query(fact.pk, limit=_MOST_MARKERS, consistent=True)
    return {item[keys.SK]: item for item in items}


def settle(
    fact: Key,
    marker: Key,
    wanted: Callable[[Item | None], Item | None],
    moves: Callable[[Item, Item], list[Write]],
    found: Collection | None = None,
) -> None:
    """Makes `marker` hold what is `wanted` of the fact, with the `moves` from the former state to that one.

    Both states are dicts ({}: nothing). A transaction holds 100 items, so `moves` may give 98 at most.
    `found`: what was read already; it is read anew where it turns out to be old.
    """
    for _ in range(_TRIES):
        found = collection(fact) if found is None else found
        now, before = found.get(fact.sk), found.get(marker.sk)
        old, new = (before or {}).get("state", {}), wanted(now) or {}
        if old == new:
            return
        try:
            table.write(_unchanged(fact, now), _marked(marker, before, new), *moves(old, new))
        except table.ConditionFailed:
            found = None
            continue
        return
    raise Contended(fact.pk)


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
