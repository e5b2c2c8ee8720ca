"""A member's places in the index: moved to where profile and works say, in transactions that check both.

Five sorts of items (core/keys.py): postings in lists by facet and tier, a count for each list, and for
each group of facets a marker of where this member stands by it.
"""

from collections import defaultdict
from collections.abc import Callable

from core import keys, table
from core.derived import collection, settle
from core.keys import INDEXES, Key
from core.table import Item, Write
from space_station import facets, merit, posting


class _Member:
    """As read for one group: the transaction says whether that still holds."""

    def __init__(self, member_id: str) -> None:
        self.id = member_id
        self.profile = table.get(keys.member(member_id), consistent=True)

    def state(self, group: str, works: Item | None) -> Item | None:
        works = works or {}
        found_by = facets.groups(self.profile, works)[group]
        if self.profile is None or not found_by:
            return None
        public = [each for each in found_by if posting.is_public(each, self.profile)]
        return {
            "place": posting.place(self.id, works),
            "public": public,
            "members": [each for each in found_by if each not in public],
            "posting": posting.of(self.profile, works),
        }

    def unchanged(self) -> Write:
        if self.profile is None:
            return table.check(keys.member(self.id), "attribute_not_exists(pk)")
        return table.check(keys.member(self.id), "version = :seen", seen=self.profile["version"])


def place(member_id: str) -> None:
    works = keys.works(member_id)
    found = collection(works)
    for group in facets.GROUPS:
        marker = keys.placed(member_id, group)
        settle(works, marker, *_steps(member_id, group), found)


def _steps(
    member_id: str, group: str
) -> tuple[Callable[[Item | None], Item | None], Callable[[Item, Item], list[Write]]]:
    """What is wanted, and the moves to it. Each try reads the profile anew, and its moves check that one."""
    read: list[_Member] = []
    made: list[Item] = []

    def wanted(works: Item | None) -> Item | None:
        read[:] = [_Member(member_id)]
        state = read[0].state(group, works)
        made[:] = [state["posting"]] if state else []
        return state | {"posting": posting.digest(state["posting"])} if state else None

    def moves(old: Item, new: Item) -> list[Write]:
        return [read[0].unchanged(), *_moves(old, new, made[0] if made else {})]

    return wanted, moves


def _moves(old: Item, new: Item, content: Item) -> list[Write]:
    before, after = _keys(old), _keys(new)
    gone = [table.delete(key) for key in before if key not in after]
    put = [table.put(_indexed(key, is_public) | content) for key, is_public in after.items()]
    return gone + put + _counts(before, after)


def _keys(state: Item) -> dict[Key, bool]:
    """And whether visitors find them there."""
    return {
        keys.found(facet, merit.tier(state["place"]), state["place"]): audience == "public"
        for audience in ("public", "members")
        for facet in state.get(audience, [])
    }


def _indexed(key: Key, is_public: bool) -> Item:
    return key._asdict() | (dict(zip(INDEXES["gsi1"], key, strict=True)) if is_public else {})


def _counts(before: dict[Key, bool], after: dict[Key, bool]) -> list[Write]:
    """How many stand in each tier of a list: one update for each list that somebody leaves or joins."""
    steps: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for some, step in ((before, -1), (after, 1)):
        for key in some:
            facet, tier = keys.facet_and_tier(key.pk)
            steps[facet][tier] += step
    changed = {facet: {f"t{tier}": by for tier, by in tiers.items() if by} for facet, tiers in steps.items()}
    return [_count(facet, by) for facet, by in changed.items() if by]


def _count(facet: str, by: dict[str, int]) -> Write:
    change = "ADD " + ", ".join(f"#{tier} :{tier}" for tier in by)
    values: Item = dict(by)
    return table.update(keys.found_counts(facet), change, **values)
