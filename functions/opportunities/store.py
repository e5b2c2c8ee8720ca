"""Opportunities in the table: the fact, and the entries of the board that are written with it."""

from datetime import datetime
from typing import Any

from core import keys, people, table
from core.errors import Changed, NotFound
from core.keys import Key
from core.people import Seen
from core.request import Viewer
from core.table import Item, Write
from opportunities.opportunity import Card, Opportunity

_NOT_OF_A_CARD = frozenset({keys.PK, keys.SK, keys.TTL, *keys.INDEXES["gsi1"], "places"})


def opportunity(item: Item) -> Opportunity:
    return Opportunity.model_validate(_values(item))


def card(item: Item) -> Card:
    return Card.model_validate(_values(item))


def own(opportunity_id: str, member_id: str) -> Opportunity:
    """Read for a change by its poster. For everybody else it is not there."""
    item = table.get(keys.opportunity(opportunity_id), consistent=True)
    if item is None or item["member_id"] != member_id:
        raise NotFound("You have no such opportunity.")
    return opportunity(item)


def visible(opportunity_id: str, viewer: Viewer, also: tuple[Key, ...] = ()) -> tuple[Opportunity, Seen]:
    """With what was read on the way. Raises NotFound where it is not for this viewer."""
    item = table.get(keys.opportunity(opportunity_id))
    if item is None:
        raise missing()
    found = opportunity(item)
    seen = people.look([found.member_id], viewer, also)
    if not is_shown(found, seen, viewer):
        raise missing()
    return found, seen


def is_shown(found: Card, seen: Seen, viewer: Viewer) -> bool:
    audience = {"public"} if viewer is None else {"public", "members"}
    return found.visibility in audience and seen.known(found.member_id, viewer) is not None


def missing() -> NotFound:
    return NotFound("There is no such opportunity.")


def added(new: Opportunity) -> list[Write]:
    return [table.put(_fact(new), only_if="attribute_not_exists(pk)"), *map(table.put, entries(new).values())]


def replaced(old: Opportunity, new: Opportunity) -> list[Write]:
    stale = entries(old).keys() - entries(new).keys()
    fact = table.put(_fact(new), only_if="version = :seen", seen=old.version)
    return [fact, *map(table.put, entries(new).values()), *map(table.delete, sorted(stale))]


def remove(old: Opportunity) -> None:
    fact = table.delete(keys.opportunity(old.id), only_if="version = :seen", seen=old.version)
    write(fact, *map(table.delete, entries(old)))


def write(*writes: Write) -> None:
    try:
        table.write(*writes)
    except table.ConditionFailed:
        raise changed() from None


def changed() -> Changed:
    return Changed("It was changed since you read it. Read it again, and decide on what is there now.")


def entries(of: Opportunity) -> dict[Key, Item]:
    """Its copies by key: pure, so that the board always shows what the fact says."""
    copy = of.card().model_dump()
    posted = keys.posted(of.member_id, of.id)
    listed = [keys.board(facet, of.listed_at, of.id) for facet in of.facets()]
    return {posted: copy | posted._asdict()} | {key: copy | _on_board(key, of) for key in listed}


def _on_board(key: Key, of: Opportunity) -> Item:
    """An entry goes by itself some time after it has expired; until then the board's filter hides it."""
    item: Item = key._asdict() | {"places": of.places()}
    if of.visibility == "public":
        item |= dict(zip(keys.INDEXES["gsi1"], key, strict=True))
    return item | {keys.TTL: int(datetime.fromisoformat(of.expires_at).timestamp())}


def _fact(of: Opportunity) -> Item:
    return of.model_dump() | keys.opportunity(of.id)._asdict()


def _values(item: Item) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _NOT_OF_A_CARD}
