"""A page of somebody's timeline, for those who may see it: one call of the table, whatever its length."""

from itertools import batched
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from core import cursors, keys, table
from core.handles import Found
from core.keys import Key
from core.request import Caller
from core.shapes import Id, Page, Paged, Slug, Tag
from core.table import Item
from timeline import store
from timeline.dates import PartialDate, above, bounds, down_from
from timeline.highlight import Card, Highlight, Kind

# Who reads decides which index is read: an entry is in it only while they may see the highlight.
_INDEX = {"owner": None, "members": "gsi2", "public": "gsi1"}
_CONDITIONS = {"tag": "contains(#tags, :tag)", "badge": "contains(#badges, :badge)"}

# Only one filter can be the key. A page ends after so many entries were looked at for the others.
_LOOKED_AT = 100


class ListHighlights(Paged):
    """Filters; all must hold. With two or more besides the date a page can be short though `next` is set."""

    under: Id | None = None
    tag: Tag | None = None
    pinned: Literal["true"] | None = None
    visibility: Literal["draft"] | None = Field(
        None, description="Drafts alone. There are none but your own."
    )
    badge: Slug | None = None
    kind: Kind | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    month: Annotated[int, Field(ge=1, le=12, description="With `year`.")] | None = None
    until: PartialDate | None = Field(
        None, description="From this year, month or day downwards: a jump that costs the same to anywhere."
    )
    newer_than: PartialDate | None = Field(
        None, description="What stands above that place, the nearest first: the way back up."
    )

    @field_validator("month")
    @classmethod
    def _of_a_year(cls, month: int | None, others: ValidationInfo) -> int | None:
        if month and others.data.get("year") is None:
            raise ValueError("needs a year")
        return month

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if len([each for each in (self.year, self.until, self.newer_than) if each is not None]) > 1:
            raise ValueError("only one of year, until and newer_than can be asked for")
        return self

    def ranges(self) -> list[tuple[str, str]]:
        if self.until:
            return [down_from(self.until)]
        return [above(self.newer_than)] if self.newer_than else bounds(self.year, self.month)

    def facets(self) -> dict[str, Any]:
        """What is asked for, the rarest sort of thing first: the first is the key, the others filter."""
        names = ("under", "tag", "pinned", "visibility", "badge", "kind")
        asked = {name: value for name in names if (value := getattr(self, name))}
        return asked | ({"pinned": True} if self.pinned else {}) or {"all": True}


def page(of: Found, viewer: Caller | None, asked: ListHighlights) -> Page[Card]:
    audience = audience_of(of, viewer)
    (facet, value), *others = asked.facets().items()
    partition = keys.entry(of.member_id, facet_name(facet, value), "", "").pk
    scope = f"{audience} {partition} {others} {asked.ranges()}"
    position = cursors.unseal(scope, asked.after) if asked.after else None

    entries, position = _read(partition, audience, asked, dict(others), position)
    return Page(items=_cards(entries, of, audience), next=cursors.seal(scope, position) if position else None)


def audience_of(of: Found, viewer: Caller | None) -> str:
    if viewer is None:
        return "public"
    return "owner" if viewer.id == of.member_id else "members"


def facet_name(name: str, value: Any) -> str:
    return {"all": "all", "pinned": "pinned", "visibility": "draft"}.get(name) or f"{name}:{value}"


def _read(
    partition: str, audience: str, asked: ListHighlights, others: dict[str, Any], position: str | None
) -> tuple[list[Item], str | None]:
    """Entries after `position`, and the position that the next page starts after; None: there is none."""
    found: list[Item] = []
    ranges = [each for each in asked.ranges() if position is None or position >= each[0]]
    for low, high in ranges:
        items, last = table.query(
            partition,
            (low, high),
            index=_INDEX[audience],
            limit=_LOOKED_AT if others else asked.limit - len(found),
            newest_first=not asked.newer_than,
            after=Key(partition, position) if position and position <= high else None,
            consistent=audience == "owner",
            only=" AND ".join(_CONDITIONS.get(name, f"#{name} = :{name}") for name in others),
            **others,
        )
        found += items
        if len(found) > asked.limit or (len(found) == asked.limit and not last and low != ranges[-1][0]):
            return found[: asked.limit], found[asked.limit - 1][keys.SK]
        if last:
            return found, last.sk
    return found, None


def _cards(entries: list[Item], of: Found, audience: str) -> list[Card]:
    """The copies; and for entries that others share with this member the facts, which say who may see."""
    shared = {each["id"]: each["member_id"] for each in entries if "shared" in each}
    facts = _facts(shared, "public" if audience == "public" else "members")
    cards = []
    for entry in entries:
        fact = facts.get(entry["id"])
        if "shared" not in entry:
            cards.append(store.card(entry))
        elif fact and of.member_id in fact.confirmed() and entry[keys.SK].startswith(fact.when):
            cards.append(fact.card())
    return cards


def _facts(shared: dict[str, str], audience: str) -> dict[str, Highlight]:
    """Those of the shared highlights that are visible, and whose owners are."""
    if not shared:
        return {}
    wanted = dict.fromkeys([*map(keys.highlight, shared), *map(keys.member, shared.values())])
    items = [item for some in batched(wanted, 100, strict=False) for item in table.get_many(some)]
    owners = {item["id"]: item["visibility"] for item in items if item[keys.SK] == "PROFILE"}
    facts = [store.highlight(item) for item in items if item[keys.SK] == "HIGHLIGHT"]
    allowed = {"public"} if audience == "public" else {"public", "members"}
    return {each.id: each for each in facts if {each.visibility, owners.get(each.member_id)} <= allowed}
