"""Tags by how much they are used: for every way to begin a tag, a list that is read in its order."""

import math
from collections.abc import Iterable

from core import keys, table
from core.table import Item, Write

LONGEST_PREFIX = 6
_STEPS_PER_DOUBLING = 4
_LAST_RANK = 999


def rank(tags: Iterable[str]) -> None:
    """Puts tags where their counts say. A list is written only when a rank changes, so that a tag that
    everybody uses costs no more than others: exact up to eight uses, then in steps of a fifth.
    """
    for tag in dict.fromkeys(tags):
        count = table.get(keys.tag(tag), consistent=True)
        if count is None or count.get("rank") != _rank(count["uses"]):
            while not _place(tag):
                pass


def _place(tag: str) -> bool:
    """Whether the count was the same all along: else another may have written into the same lists meanwhile,
    which only a new try puts right. In between the tag has no rank, so that a crash can be seen.
    """
    key = keys.tag(tag)
    found = table.get(key, consistent=True)
    if found is None:  # forgotten; a slower try may have ranked it after that
        _write(tag, 0, _LAST_RANK)
        return table.get(key, consistent=True) is None
    uses, now = found["uses"], _rank(found["uses"])
    try:
        table.write(table.update(key, "REMOVE #rank", "uses = :uses", uses=uses))
        _write(tag, uses, now)
        table.write(_ended(key, uses, now))
    except table.ConditionFailed:
        return False
    return True


def _ended(key: keys.Key, uses: int, now: int) -> Write:
    """A tag that nobody uses any more is forgotten: it can be what somebody has erased."""
    if now == _LAST_RANK:
        return table.delete(key, "uses = :uses", uses=uses)
    return table.update(key, "SET #rank = :rank", "uses = :uses", rank=now, uses=uses)


def prefixes(tag: str) -> list[str]:
    return [tag[:length] for length in range(min(len(tag), LONGEST_PREFIX) + 1)]


def _rank(uses: int) -> int:
    """0 is the most used; _LAST_RANK: not at all."""
    return _LAST_RANK - 1 - int(_STEPS_PER_DOUBLING * math.log2(uses)) if uses > 0 else _LAST_RANK


def _write(tag: str, uses: int, now: int) -> None:
    places = [keys.tag_rank(prefix, tag) for prefix in prefixes(tag)]
    if now == _LAST_RANK:
        table.write_many([], places)
    else:
        table.write_many([_ranked(key, uses, now) for key in places])


def _ranked(key: keys.Key, uses: int, now: int) -> Item:
    pk_name, sk_name = keys.INDEXES["gsi1"]
    return key._asdict() | {pk_name: key.pk, sk_name: f"{now:03}#{key.sk}", "uses": uses}
