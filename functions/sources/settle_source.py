"""Effect of SourceChanged: what its member chose is carried out; of one that is gone nothing is left.

It is also who tells that a consent ends soon: it opens no page of anybody, and may know addresses.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from core import arrivals, clock, erasing, keys, table
from core.events import SourceChanged, subscriber
from core.table import Item, Write
from sources import reminding, store, taking

_PAGE = 100
_AT_ONCE = 8


@subscriber(SourceChanged)
def handler(event: SourceChanged) -> None:
    found = store.read(event.source_id)
    if found.fact is None:
        if found.leaving:
            _clear(event.source_id, found.leaving)
        return
    if found.poll:
        reminding.remind(found.fact, found.poll, clock.now())
    first, last = keys.choice(event.source_id, 0), "CHOICE#~"
    choices, _ = table.query(first.pk, (first.sk, last), limit=_PAGE, consistent=True)
    for choice in choices:
        _carry_out(found.fact, choice)
        table.write(table.delete(keys.Key(first.pk, choice[keys.SK])))


def _carry_out(fact: Item, choice: Item) -> None:
    """Twice is as once: what has another state by now is passed over."""
    groups: list[list[Write]] = []
    for item in _entries(fact["id"]):
        if item["id"] in choice.get("remove", []) and item["state"] in ("taken", "gone"):
            arrivals.let_go(fact["member_id"], item["id"], taking.holder(fact["id"]))
            groups.append([taking.removed(item)])
        elif item["id"] in choice.get("keep", []) and item["state"] == "gone":
            groups.append([taking.kept(item)])
        elif item["state"] in ("found", "left"):
            groups.append(_chosen(fact, item, choice))
    taking.write([group for group in groups if group])


def _chosen(fact: Item, item: Item, choice: Item) -> list[Write]:
    """All are all that are no replies: those are taken by name only."""
    take, is_new = choice.get("take", []), item["state"] == "found" and not item["is_reply"]
    if (take == "all" and is_new) or (take != "all" and item["id"] in take):
        return taking.settled(fact, item, taken=True)
    return taking.settled(fact, item, taken=False) if is_new and choice.get("leaves_others") else []


def _clear(source_id: str, leaving: Item) -> None:
    """The note of it goes last, so that it is gone on with wherever it is cut off."""
    part: Callable[[str, str, str], None] = (
        arrivals.keep if leaving["highlights"] == "keep" else arrivals.let_go
    )
    who, holder = leaving["member_id"], taking.holder(source_id)
    taken = [item["id"] for item in _entries(source_id) if item["state"] in ("taken", "gone")]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda each: part(who, each, holder), taken))
    entries = keys.found_entry(source_id, "")
    for first, last in ((entries.sk, f"{entries.sk}~"), ("CHOICE#", "CHOICE#~")):
        erasing.drop(entries.pk, (first, last))
    table.write(table.delete(keys.leaving(source_id)))


def _entries(source_id: str) -> Iterator[Item]:
    key, after = keys.found_entry(source_id, ""), None
    while True:
        bounds = (key.sk, f"{key.sk}~")
        items, after = table.query(key.pk, bounds, limit=_PAGE, after=after, consistent=True)
        yield from items
        if after is None:
            return
