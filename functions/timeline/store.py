"""Highlights in the table: the fact, and the entries of its owner's timeline that are written with it."""

from collections.abc import Callable

from core import keys, table
from core.errors import Changed, Conflict, NotFound, field
from core.keys import Key
from core.media import Unsteady
from core.request import Caller
from core.table import Item, Write
from timeline.highlight import Card, Highlight

_TRIES = 5
_MOST_WRITES = 100  # of DynamoDB's transactions
_KEY_ATTRIBUTES = frozenset({keys.PK, keys.SK, *keys.INDEXES["gsi1"], *keys.INDEXES["gsi2"]})


def own(highlight_id: str, member_id: str) -> Highlight:
    """The highlight, read for a change by its owner. For everybody else it is not there."""
    item = table.get(keys.highlight(highlight_id), consistent=True)
    if item is None or item["member_id"] != member_id:
        raise NotFound("You have no such highlight.")
    return highlight(item)


def highlight(item: Item) -> Highlight:
    return Highlight.model_validate(_values(item))


def card(item: Item) -> Card:
    return Card.model_validate(_values(item))


def visible(highlight_id: str, viewer: Caller | None) -> Highlight:
    """As this viewer may see it: a draft, or what is for members only, is not there for others."""
    item = table.get(keys.highlight(highlight_id))
    if item is None:
        raise _missing()
    found = highlight(item)
    if viewer and viewer.id == found.member_id:
        return found
    owner = table.get(keys.member(found.member_id)) or {}
    if {found.visibility, owner.get("visibility")} - ({"public", "members"} if viewer else {"public"}):
        raise _missing()
    return found.shown()


def added(new: Highlight) -> list[Write]:
    fact = table.put(_fact(new), only_if="attribute_not_exists(pk)")
    return [fact, *map(table.put, entries(new).values())]


def replace(old: Highlight, new: Highlight, *media: Write) -> None:
    """Raises Changed where somebody else was faster, Unsteady where media was not as it was seen."""
    stale = entries(old).keys() - entries(new).keys()
    fact = table.put(_fact(new), only_if="version = :seen", seen=old.version)
    _write(fact, *map(table.put, entries(new).values()), *map(table.delete, sorted(stale)), *media)


def change(highlight_id: str, edit: Callable[[Highlight], Highlight]) -> Highlight:
    """For a change by somebody who names no version: made on what is there, and anew if another is faster."""
    for _ in range(_TRIES):
        item = table.get(keys.highlight(highlight_id), consistent=True)
        if item is None:
            raise _missing()
        old = highlight(item)
        new = edit(old)
        try:
            replace(old, new)
        except Changed:
            continue
        return new
    raise Conflict("It is being changed by several people at once; try again.")


def remove(old: Highlight, *media: Write) -> None:
    fact = table.delete(keys.highlight(old.id), only_if="version = :seen", seen=old.version)
    _write(fact, *map(table.delete, entries(old)), *media)


def entries(of: Highlight) -> dict[Key, Item]:
    """The owner's entries by key: pure, so that the entries in the table are always those of the fact."""
    copy = of.card().model_dump()
    places = [keys.entry(of.member_id, facet, of.when, of.id) for facet in of.facets()]
    return {key: copy | indexed(key, of.visibility) for key in places}


def indexed(key: Key, visibility: str) -> Item:
    """The key of an entry, and its places in the indexes of those who may see it."""
    public, published = keys.INDEXES["gsi1"], keys.INDEXES["gsi2"]
    item: Item = key._asdict()
    if visibility == "public":
        item |= dict(zip(public, key, strict=True))
    if visibility != "draft":
        item |= dict(zip(published, key, strict=True))
    return item


def _missing() -> NotFound:
    return NotFound("There is no such highlight.")


def _fact(of: Highlight) -> Item:
    return of.model_dump() | keys.highlight(of.id)._asdict()


def _values(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in _KEY_ATTRIBUTES}


def _write(*writes: Write) -> None:
    if len(writes) > _MOST_WRITES:
        raise field("media", "is too much of a change together with the rest; send the rest by itself")
    try:
        table.write(*writes)
    except table.ConditionFailed as failure:
        if 0 not in failure.found:
            raise Unsteady from None
        raise Changed(
            "It was changed since you read it. Read it again, and decide on what is there now."
        ) from None
