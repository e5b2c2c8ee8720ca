"""Tags by how much they are used: for every way to begin a tag, a list that is read in its order."""

import math
from collections.abc import Iterable

from core import table
from core.table import Item

LONGEST_PREFIX = 6
_STEPS_PER_DOUBLING = 4
_LAST_RANK = 999


def rank(tags: Iterable[str]) -> None:
    """Puts tags where their counts say. A list is written only when a rank changes, so that a tag that
    everybody uses costs no more than others: exact up to eight uses, then in steps of a fifth.
    """
    for count in table.get_many(table.tag_key(tag) for tag in tags):
        now = _rank(count["uses"])
        if now == count.get("rank"):
            continue
        _write(count["tag"], count["uses"], now)
        table.write(table.update(table.tag_key(count["tag"]), "SET #rank = :rank", rank=now))


def prefixes(tag: str) -> list[str]:
    return [tag[:length] for length in range(min(len(tag), LONGEST_PREFIX) + 1)]


def _rank(uses: int) -> int:
    """0 is the most used; _LAST_RANK: not at all."""
    return _LAST_RANK - 1 - int(_STEPS_PER_DOUBLING * math.log2(uses)) if uses > 0 else _LAST_RANK


def _write(tag: str, uses: int, now: int) -> None:
    keys = [table.tag_rank_key(prefix, tag) for prefix in prefixes(tag)]
    if now == _LAST_RANK:
        table.write_many([], keys)
    else:
        table.write_many([_ranked(key, uses, now) for key in keys])


def _ranked(key: table.Key, uses: int, now: int) -> Item:
    pk_name, sk_name = table.INDEXES["gsi1"]
    return key._asdict() | {pk_name: key.pk, sk_name: f"{now:03}#{key.sk}", "uses": uses}
