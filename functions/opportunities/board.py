"""The board: a page of what is open now, by any of its filters, in two calls of the table."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from core import clock, cursors, keys, people, table
from core.activities import Activity
from core.errors import field
from core.keys import Key
from core.request import Caller, Viewer
from core.shapes import Line, Page, Paged, Tag, distinct, fold
from core.table import Item
from opportunities import store
from opportunities.opportunity import LISTED, Card, Posted

_LOOKED_AT = 100  # only one filter can be the key: a page ends after so many for the others
_LAST = "~"  # sorts after every time

_Place = Annotated[Line, AfterValidator(fold), StringConstraints(min_length=1, max_length=160)]
type _Facet = tuple[str, str, Any]  # the list, the condition that says the same, and its value


class ListOpportunities(Paged):
    """Filters; all must hold. With two or more a page can be short though `next` is set."""

    tag: Annotated[list[Tag], AfterValidator(distinct), Field(max_length=5)] = []
    place: _Place | None = None
    activity: Activity | None = None
    remote: Literal["true"] | None = None
    paid: Literal["true", "false"] | None = None
    mine: Literal["true"] | None = Field(None, description="One's own, whatever their state; goes alone.")

    def facets(self) -> list[_Facet]:
        """What is asked for, the rarest sort of thing first: the first is the key, the others filter."""
        found: list[_Facet] = [(f"tag:{each}", "contains(#tags, :{})", each) for each in self.tag]
        if self.place:
            found.append((f"place:{self.place}", "contains(#places, :{})", self.place))
        if self.activity:
            found.append((f"activity:{self.activity}", "#activity = :{}", self.activity))
        if self.remote:
            found.append(("remote", "#remote = :{}", True))
        if self.paid:
            found.append((f"paid:{self.paid == 'true'}", "#paid = :{}", self.paid == "true"))
        return found or [("all", "", None)]


def page(asked: ListOpportunities, viewer: Viewer, now: datetime) -> Page[Posted]:
    """Who reads decides what is read: visitors the index that holds public ones alone."""
    (facet, _, _), *others = asked.facets()
    index = None if viewer else "gsi1"
    partition = keys.board(facet, "", "").pk
    scope = f"{partition} {index} {others}"
    oldest = clock.timestamp(now - LISTED)
    after = cursors.unseal(scope, asked.after) if asked.after else None
    if after and after < oldest:
        return Page(items=[])
    conditions = {f"value{place}": value for place, (_, _, value) in enumerate(others)}
    said = [text.format(name) for name, (_, text, _) in zip(conditions, others, strict=True)]
    items, last = table.query(
        partition,
        (oldest, _LAST),
        index=index,
        limit=_LOOKED_AT if others else asked.limit,
        newest_first=True,
        after=Key(partition, after) if after else None,
        only=" AND ".join(["expires_at > :now", *said]),
        now=clock.timestamp(now),
        **conditions,
    )
    shown, position = items[: asked.limit], last.sk if last else None
    if len(items) > asked.limit:
        position = shown[-1][keys.SK]
    return Page(items=_posted(shown, viewer), next=cursors.seal(scope, position) if position else None)


def own(asked: ListOpportunities, viewer: Viewer, now: datetime) -> Page[Posted]:
    if viewer is None:
        raise field("mine", "is for members: sign in")
    if asked.model_fields_set - {"mine", "limit", "after"}:
        raise field("mine", "goes without filters")
    partition = keys.posted(viewer.id, "").pk
    after = cursors.unseal(partition, asked.after) if asked.after else None
    items, last = table.query(
        partition,
        limit=asked.limit,
        newest_first=True,
        after=Key(partition, after) if after else None,
        consistent=True,
    )
    me = people.look([viewer.id], viewer).who(viewer.id)
    shown = [_with(me, store.card(item).seen(now)) for item in items]
    return Page(items=shown, next=cursors.seal(partition, last.sk) if last else None)


def matched(asked: Paged, me: Caller, now: datetime) -> Page[Posted]:
    """What was found to fit this member, and is still open to them: read from the facts."""
    partition = keys.match(me.id, "").pk
    after = cursors.unseal(partition, asked.after) if asked.after else None
    found, last = table.query(
        partition, limit=asked.limit, newest_first=True, after=Key(partition, after) if after else None
    )
    facts = {item["id"]: item for item in table.get_many(keys.opportunity(each[keys.SK]) for each in found)}
    kept = [facts[each[keys.SK]] for each in found if each[keys.SK] in facts]
    open_ = [card for each in kept if (card := store.opportunity(each).card().seen(now)).state == "open"]
    shown = _seen(open_, me)
    return Page(items=shown, next=cursors.seal(partition, last.sk) if last else None)


def _posted(items: list[Item], viewer: Viewer) -> list[Posted]:
    return _seen([store.card(item) for item in items], viewer)


def _seen(cards: list[Card], viewer: Viewer) -> list[Posted]:
    """Of those whom the viewer may know of."""
    seen = people.look([each.member_id for each in cards], viewer)
    return [_with(who, each) for each in cards if (who := seen.known(each.member_id, viewer))]


def _with(poster: people.Who, card: Card) -> Posted:
    return Posted(**card.model_dump(), poster=poster)
