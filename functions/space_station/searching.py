"""The answer: cards, and what would narrow them further; with names, or blind."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from core import blind, cursors, keys
from core.request import Viewer
from core.table import Item
from space_station.asking import (
    BlindCard,
    FacetCount,
    Facets,
    MemberCard,
    Merit,
    People,
    Revealed,
    SearchSpaceStation,
    roughly,
)
from space_station.reading import Reading, read

_MOST_COUNTS = 20
_MOST_TAGS = 8
_SHARED_BY = 3  # so many have what is shown blind

type Common = Callable[[str], bool]


def search(asked: SearchSpaceStation, viewer: Viewer, now: datetime) -> People:
    scope = f"space {viewer.id if viewer else None} {asked.facets()} {asked.words()} {asked.blind}"
    after = cursors.unseal(scope, asked.after) if asked.after else None
    reading = read(asked, viewer, now, after)
    page, more = reading.matching[: asked.limit], reading.looked_up_to
    if len(reading.matching) > asked.limit:
        more = page[-1][keys.SK]
    counts = Counter(facet for each in reading.matching for facet in _facets(each))
    common = _common(asked, counts)
    return People(
        items=_blind_cards(page, viewer, common) if asked.blind else [_card(each) for each in page],
        next=cursors.seal(scope, more) if more else None,
        facets=None if after else _counted(reading, counts, asked, common),
    )


def _facets(posting: Item) -> list[str]:
    """What this viewer may count: of the activities only those that they are shown."""
    others = [each for each in posting["facets"] if not each.startswith("open:")]
    return others + [f"open:{each}" for each in posting["open_to"]]


def _common(asked: SearchSpaceStation, counts: Counter[str]) -> Common:
    """Blind, what only few have would be as good as a name; what the searcher asked for tells nothing."""
    if not asked.blind:
        return lambda _facet: True
    known = {*asked.facets()}
    return lambda facet: facet in known or facet.startswith("open:") or counts[facet] >= _SHARED_BY


def _counted(reading: Reading, counts: Counter[str], asked: SearchSpaceStation, common: Common) -> Facets:
    def of(name: str) -> list[FacetCount]:
        ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        new = [each for each in ranked if each[0].startswith(f"{name}:") and each[0] not in asked.facets()]
        return [
            FacetCount(value=facet.partition(":")[2], people=people) for facet, people in new if common(facet)
        ][:_MOST_COUNTS]

    complete = reading.looked_up_to is None
    lists = {"open_to": of("open"), "tag": of("tag"), "badge": of("badge"), "place": of("place")}
    return Facets(counted=len(reading.matching), complete=complete, **lists)


def _card(posting: Item) -> MemberCard:
    return MemberCard(
        **{name: posting[name] for name in ("id", "handle", "name", "headline", "location", "badges")},
        tags=_values(posting, "tag", lambda _: True)[:_MOST_TAGS],
        open_to=posting["open_to"],
        merit=Merit(kinds=_kinds(posting), points=posting["points"], latest=posting.get("latest")),
    )


def _blind_cards(page: list[Item], viewer: Viewer, common: Common) -> list[MemberCard | BlindCard]:
    searcher = viewer.id if viewer else None
    known = blind.revealed_to(searcher, [each["id"] for each in page])
    return [_blind_card(each, searcher, common, is_known=each["id"] in known) for each in page]


def _blind_card(posting: Item, searcher: str | None, common: Common, *, is_known: bool) -> BlindCard:
    telling = {*posting["telling"]}

    def may_show(facet: str) -> bool:
        return common(facet) and facet not in telling

    return BlindCard(
        alias=blind.alias(posting["id"], searcher),
        badges=_values(posting, "badge", may_show),
        tags=_values(posting, "tag", may_show)[:_MOST_TAGS],
        places=_values(posting, "place", may_show),
        open_to=posting["open_to"],
        merit=Merit(kinds=_kinds(posting), points=roughly(posting["points"]), latest=posting.get("latest")),
        revealed=Revealed(handle=posting["handle"], name=posting["name"]) if is_known else None,
    )


def _values(posting: Item, name: str, may_show: Common) -> list[str]:
    found = [each for each in posting["facets"] if each.startswith(f"{name}:")]
    return [each.partition(":")[2] for each in found if may_show(each)]


def _kinds(posting: Item) -> list[str]:
    return sorted(posting["kinds"])
