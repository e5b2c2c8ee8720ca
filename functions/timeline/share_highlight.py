"""Effect of HighlightChanged: its entries on the timelines of those who have confirmed that they took part,
and for all whom it names a note that it does.

These entries are pointers: where they stand follows from the fact with a delay, what they show never does.
"""

from functools import partial

from core import keys, table
from core.derived import collection, settle
from core.events import HighlightChanged, subscriber
from core.keys import Key
from core.table import Item, Write
from timeline import standing, store


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    fact = keys.highlight(event.highlight_id)
    found = collection(fact)
    for member_id in standing.members(found, fact, keys.shared(event.highlight_id, "")):
        marker = keys.shared(event.highlight_id, member_id)
        settle(
            fact, marker, partial(_shared, member_id), partial(_moves, member_id, event.highlight_id), found
        )

    naming = keys.naming(event.highlight_id)
    settle(fact, naming, _named, partial(_name_moves, event.highlight_id), found)


def _named(fact: Item | None) -> Item | None:
    """All members whom it names, whatever they have answered: for the day when one of them leaves."""
    members = store.highlight(fact).named() if fact else []
    return {"members": members} if members else None


def _name_moves(highlight_id: str, old: Item, new: Item) -> list[Write]:
    before, now = set(old.get("members", [])), set(new.get("members", []))
    added = (keys.named(each, highlight_id)._asdict() for each in sorted(now - before))
    gone = (table.delete(keys.named(each, highlight_id)) for each in sorted(before - now))
    return [*map(table.put, added), *gone]


def _shared(member_id: str, fact: Item | None) -> Item | None:
    highlight, facets = standing.on(fact, member_id)
    if highlight is None or highlight.member_id == member_id:
        return None
    values = {"kind": highlight.kind, "tags": highlight.tags, "owner": highlight.member_id}
    return values | {"when": highlight.when, "visibility": highlight.visibility, "facets": facets}


def _moves(member_id: str, highlight_id: str, old: Item, new: Item) -> list[Write]:
    stale = _keys(member_id, highlight_id, old).keys() - _keys(member_id, highlight_id, new).keys()
    entries = _keys(member_id, highlight_id, new)
    return [
        *map(table.delete, sorted(stale)),
        *(table.put(_pointer(highlight_id, key, new)) for key in entries),
    ]


def _keys(member_id: str, highlight_id: str, state: Item) -> dict[Key, None]:
    facets = state.get("facets", [])
    return dict.fromkeys(keys.entry(member_id, facet, state["when"], highlight_id) for facet in facets)


def _pointer(highlight_id: str, key: Key, state: Item) -> Item:
    about = {"id": highlight_id, "member_id": state["owner"], "kind": state["kind"], "tags": state["tags"]}
    return store.indexed(key, state["visibility"]) | about | {"shared": True}
