"""What a member's public highlights add up to: kinds, points of merit, tags, and words not to be shown
blind.

A sum that follows each highlight by its marker; `version` tells one state of it from another.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from core import keys, table
from core.keys import Key
from core.shapes import fold
from core.table import Item, Write
from space_station import merit

_MOST_DIFFERENT = 3000  # tags, and words: so that the sum stays one item
_NAMING = ("job", "learning")  # their titles name employers and schools

type Sum = dict[str, dict[str, int]]


def part(highlight: Item | None) -> Item | None:
    """What this highlight adds; only what everybody may see does."""
    if highlight is None or highlight["visibility"] != "public":
        return None
    naming = highlight["kind"] in _NAMING
    return {
        "member": highlight["member_id"],
        "kinds": [highlight["kind"]],
        "years": [merit.year(highlight)] * merit.points(highlight),
        "tags": highlight["tags"],
        "names": words(highlight["title"]) if naming else [],
    }


def moves(highlight_id: str, old: Item, new: Item) -> list[Write]:
    """The sum moves on, with a note that its member is not placed by it yet: the event that comes again after
    a crash finds it, even where the highlight is gone.
    """
    member_id = (new or old)["member"]
    found = table.get(keys.works(member_id), consistent=True)
    before = found or {"version": 0}
    version = before["version"] + 1
    sums = {name: _moved(before.get(name, {}), old.get(name, []), new.get(name, [])) for name in _SUMS}
    item = keys.works(member_id)._asdict() | sums | {"version": version}
    note = keys.unplaced(highlight_id)._asdict() | {"member_id": member_id, "version": version}
    return [_kept(item, found), table.put(note)]


def _kept(item: Item, found: Item | None) -> Write:
    if found:
        return table.put(item, "version = :seen", seen=found["version"])
    if not any(item[name] for name in _SUMS):  # they were erased with their member, and stay so
        return table.check(Key(item[keys.PK], item[keys.SK]), "attribute_not_exists(pk)")
    return table.put(item, "attribute_not_exists(pk)")


_SUMS = ("kinds", "years", "tags", "names")


def words(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\W_]{2,}", fold(text))))


def _moved(sums: dict[str, Any], gone: Iterable[str], come: Iterable[str]) -> dict[str, int]:
    counts = Counter({name: int(count) for name, count in sums.items()})
    for each in gone:
        counts[each] -= 1
    for each in come:
        if each in counts or len(counts) < _MOST_DIFFERENT:
            counts[each] += 1
    return {name: count for name, count in counts.items() if count > 0}
