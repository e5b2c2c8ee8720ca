"""Postings from the index, best first, for those who may see them: a few queries, however many members are.

The list that is read is the shortest one of those asked for; the others filter what stands in it, read until
there is a page and one more. At most so many postings are looked at for a page, so a page can be short where
few have all that is asked for.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from math import ceil
from typing import Any, NamedTuple

from core import keys, openness, table
from core.keys import Key
from core.openness import Looker
from core.request import Viewer
from core.table import Item
from space_station import facets, merit
from space_station.asking import SearchSpaceStation

_LOOKED_AT = 100  # where the answer counts, and with filters at first; then as many more as it seems to take:
_LOOKED_AT_FILTERED = 300


class Reading(NamedTuple):
    matching: list[Item]  # `open_to`: what this viewer is shown of it
    looked_up_to: str | None  # the place after which there may be more


def read(asked: SearchSpaceStation, viewer: Viewer, now: datetime, after: str | None) -> Reading:
    lists = asked.facets() + [facets.beginning(each) for each in asked.words()] or [facets.ALL]
    counts = {item[keys.PK]: item for item in table.get_many(map(keys.found_counts, lists))}
    if len(counts) < len({*lists}):
        return Reading([], None)
    rarest = min(lists, key=lambda each: sum(_tiers(counts, each).values()))
    found, more = _look(rarest, _tiers(counts, rarest), asked, viewer, after)
    return Reading(_seen(found, asked, viewer, now), more)


def _tiers(counts: dict[str, Item], facet: str) -> dict[int, int]:
    item = counts[keys.found_counts(facet).pk]
    return {int(name[1:]): count for name, count in item.items() if name[1:].isdigit() and count > 0}


def _look(
    facet: str, tiers: dict[int, int], asked: SearchSpaceStation, viewer: Viewer, after: str | None
) -> tuple[list[Item], str | None]:
    """From the highest tier down."""
    only, values = _filter(facet, asked)
    index = None if viewer else "gsi1"
    most = _LOOKED_AT_FILTERED if values else _LOOKED_AT if asked.blind or not after else asked.limit
    found: list[Item] = []
    looked_at = 0
    for tier in sorted(tiers, reverse=True):
        if after and tier > merit.tier(after):
            continue
        partition = keys.found(facet, tier, "").pk
        last = Key(partition, after) if after and tier == merit.tier(after) else None
        while True:
            step = min(most - looked_at, _as_many_more(asked.limit, len(found), looked_at))
            items, last = table.query(partition, index=index, limit=step, after=last, only=only, **values)
            found += items
            looked_at += len(items) if not values else step if last else min(tiers[tier], step)
            if looked_at >= most or (looked_at >= _LOOKED_AT and len(found) > asked.limit):
                return found, last.sk if last else _end(tier) if tier > min(tiers) else None
            if last is None:
                break
    return found, None


def _as_many_more(limit: int, found: int, looked_at: int) -> int:
    """As a page and one more will take, by what was found of those looked at; never so few that it takes many
    calls.
    """
    wanted = (limit + 1 - found) * looked_at / max(found, 1)
    return max(_LOOKED_AT, ceil(wanted))


def _end(tier: int) -> str:
    """The place before all of the next tier."""
    return f"{int(merit.last_rank(tier)) + 1:03}#"


def _filter(facet: str, asked: SearchSpaceStation) -> tuple[str, dict[str, Any]]:
    others = [each for each in asked.facets() if each != facet]
    values = {f"facet{number}": each for number, each in enumerate(others)}
    words = {f"word{number}": f" {each}" for number, each in enumerate(asked.words())}
    conditions = [f"contains(#facets, :{name})" for name in values]
    conditions += [f"contains(#text, :{name})" for name in words]
    return " AND ".join(conditions), values | words


def _seen(found: list[Item], asked: SearchSpaceStation, viewer: Viewer, now: datetime) -> list[Item]:
    who = openness.looker(viewer)
    hidden = _blocked(viewer)
    followed_by = _followed_by(found, who)
    shown = (
        each | {"open_to": _open(each, who, each["id"] in followed_by, now)}
        for each in found
        if each["id"] not in hidden
    )
    return [each for each in shown if {*asked.open_to} <= {*each["open_to"]}]


def _open(posting: Item, who: Looker, is_followed: bool, now: datetime) -> list[str]:
    return [each["activity"] for each in openness.shown(posting, who, is_followed=is_followed, now=now)]


def _blocked(viewer: Viewer) -> set[str]:
    """As many as this viewer blocks or is blocked by."""
    if viewer is None:
        return set()
    partition, after, hidden = keys.block(viewer.id, "").pk, None, set[str]()
    while True:
        items, after = table.query(partition, limit=1000, after=after)
        hidden |= {item[keys.SK] for item in items}
        if after is None:
            return hidden


def _followed_by(found: list[Item], who: Looker) -> set[str]:
    """Those who follow this viewer, of whom it matters."""
    if who.member_id is None:
        return set()
    matters = [each["id"] for each in found if any(one["audience"] == "followed" for one in each["open_to"])]
    wanted = [keys.follow(each, who.member_id) for each in matters]
    return {item["member_id"] for item in _all(wanted)}


def _all(wanted: Iterable[Key]) -> Iterator[Item]:
    for some in batched(wanted, 100, strict=False):
        yield from table.get_many(some)
