"""What DynamoDB charges, from the sizes of items: the yardstick, beside which stands what the engine says.

Sizes and units: docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
Transactions, as github.com/nubo-db/dynoxide measured them on AWS (its issues 176 and 178): the table's part
of each write is doubled, sized on the larger of the item before and after; an index's part is not.
"""

import math
from collections.abc import Iterable
from typing import Any

from core.keys import INDEXES

type Packed = dict[str, Any]  # an item as it goes over the wire: {"pk": {"S": …}, …}

_READ, _WRITTEN = 4096, 1024


def size(item: Packed | None) -> int:
    return sum(len(name.encode()) + _value_size(value) for name, value in (item or {}).items())


def read_of_one(item: Packed | None, *, consistent: bool = False) -> float:
    return _read_units(size(item), consistent)


def read_of_page(items: Iterable[Packed | None], *, consistent: bool = False) -> float:
    """The sum is rounded up, not each item."""
    return _read_units(sum(map(size, items)), consistent)


def write(before: Packed | None, after: Packed | None, *, atomic: bool = False) -> float:
    """Of a put, an update or a delete. `atomic`: within a transaction."""
    own = _write_units(max(size(before), size(after))) * (2 if atomic else 1)
    return own + sum(_index_write(names, before or {}, after or {}) for names in INDEXES.values())


def check(item: Packed | None) -> float:
    """A transaction's condition on an item that it does not change costs what writing it would."""
    return _write_units(size(item)) * 2


def _index_write(names: tuple[str, str], before: Packed, after: Packed) -> float:
    old, new = (_place(names, item) for item in (before, after))
    if old and new and old == new:
        return 0 if before == after else _write_units(max(size(before), size(after)))
    return (_write_units(size(before)) if old else 0) + (_write_units(size(after)) if new else 0)


def _place(names: tuple[str, str], item: Packed) -> list[Any] | None:
    return [item[name] for name in names] if all(name in item for name in names) else None


def _read_units(size_: int, consistent: bool) -> float:
    return max(math.ceil(size_ / _READ), 1) * (1.0 if consistent else 0.5)


def _write_units(size_: int) -> float:
    return float(max(math.ceil(size_ / _WRITTEN), 1))


def _value_size(typed: Packed) -> int:
    [(kind, value)] = typed.items()
    match kind:
        case "S":
            return len(str(value).encode())
        case "N":
            return math.ceil(len(str(value).strip("-0")) / 2) + 1 + str(value).startswith("-")
        case "L":
            return 3 + sum(1 + _value_size(each) for each in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_size(each) for name, each in value.items())
        case _:
            return 1
