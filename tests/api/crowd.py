"""Members by a seed: their facts, as they are stored, and a search that reads nothing but those."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

from core import clock, keys
from core.activities import Activity
from core.handles import HIDDEN
from core.keys import Key
from core.table import Item
from members.profile import Me
from timeline.composing import NewHighlight, made

NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)
TAGS = [f"craft {letter}" for letter in "abcdefghij"]
BADGES = ("Baker", "Cartographer", "Diver", "Luthier", "Notary", "Welder")
CITIES = {"Porto": "Portugal", "Lisboa": "Portugal", "Bergen": "Norway", "Cusco": "Peru", "Kyoto": "Japan"}
ACTIVITIES: tuple[Activity, ...] = get_args(Activity)[:6]
FOLLOWED_BY = 9  # one of so many follows who searches

type Query = dict[str, Any]


class Crowd:
    def __init__(self, size: int, seed: int, searcher: str) -> None:
        self._dice = random.Random(seed)
        self.members = [self._member(number) for number in range(size)]
        self.highlights = [fact for each in self.members for fact in self._works(each)]
        self._searcher = searcher

    def facts(self) -> Iterator[Item]:
        for each in self.members:
            yield keys.member(each["id"])._asdict() | each
        yield from self.highlights
        for each in self.members[::FOLLOWED_BY]:
            follow = keys.follow(each["id"], self._searcher)
            yield follow._asdict() | {"member_id": each["id"], "followed_id": self._searcher}

    def queries(self, count: int, filters: int) -> list[Query]:
        """Each holds for somebody, as far as chance will have it: what one member has, or some of it."""
        asked: list[Query] = []
        while len(asked) < count:
            one = self._dice.choice(self.members)
            known: list[tuple[str, str]] = [("open_to", each["activity"]) for each in one["open_to"]]
            known += [("tag", each) for each in sorted(self._tags(one["id"]))]
            known += [("badge", each["name"].upper()) for each in one["badges"]]
            known += [("place", each.lower()) for each in one["location"].split(", ")]
            self._dice.shuffle(known)
            query: Query = {}
            for name, value in known[:filters]:
                query.setdefault(name, []).append(value)
            if len(known) >= filters and len(query.get("open_to", [])) <= 3:
                asked.append(query)
        return asked

    def _tags(self, member_id: str) -> set[str]:
        return {tag for each in self.highlights if each["member_id"] == member_id for tag in each["tags"]}

    def _member(self, number: int) -> Item:
        dice, city = self._dice, self._dice.choice([*CITIES])
        stamp = clock.timestamp(NOW)
        audiences = ("everybody", "everybody", "members", "followed")
        open_to = [
            {"activity": each, "note": "", "audience": dice.choice(audiences)}
            for each in dice.sample(ACTIVITIES, dice.randint(0, 3))
        ]
        known = {"id": clock.new_id(), "handle": f"crowd-{number}", "version": 1}
        known |= {"created_at": stamp, "updated_at": stamp}
        made = Me.model_validate(
            known
            | {
                "name": f"Crowd {dice.choice('abcd') * 2}",
                "location": f"{city}, {CITIES[city]}",
                "badges": [{"id": each, "name": each} for each in dice.sample(BADGES, dice.randint(0, 2))],
                "open_to": open_to,
                "shield": {"domains": ["nobodys"]} if dice.random() < 0.05 else {},
                "visibility": dice.choices(("public", "members"), (85, 15))[0],
                "in_space_station": dice.random() > 0.05,
            }
        ).model_dump()
        return made | ({"visibility": HIDDEN} if dice.random() < 0.03 else {})  # shut out, or leaving

    def _works(self, member: Item) -> Iterator[Item]:
        dice = self._dice
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            new = NewHighlight(
                kind=dice.choice(("code", "event", "job")),
                title="Made",
                start=str(dice.randint(2012, 2026)),
                tags=dice.sample(TAGS, dice.randint(1, 4)),
                visibility=dice.choices(("public", "members", "draft"), (90, 5, 5))[0],
            )
            fact = made(new, [], {}, member_id=member["id"], handle=member["handle"], now=NOW)
            yield keys.highlight(fact.id)._asdict() | fact.model_dump()


def scan(items: list[Item], query: Query, *, searcher: str | None) -> set[str]:
    """The handles of those for whom all of it holds: a plain look at every fact, one after the other."""
    profiles = [each for each in items if each[keys.SK] == "PROFILE"]
    follows = {Key(each[keys.PK], each[keys.SK]) for each in items}
    tags: dict[str, set[str]] = {}
    for each in items:
        if each[keys.SK] == "HIGHLIGHT" and each["visibility"] == "public":
            tags.setdefault(each["member_id"], set()).update(each["tags"])
    return {
        each["handle"]
        for each in profiles
        if is_there(each, searcher)
        and {*query.get("open_to", [])} <= _open(each, searcher, follows)
        and {*query.get("tag", [])} <= tags.get(each["id"], set())
        and {one.lower() for one in query.get("badge", [])} <= {one["name"].lower() for one in each["badges"]}
        and {*query.get("place", [])} <= {*each["location"].lower().split(", ")}
    }


def is_there(profile: Item, searcher: str | None) -> bool:
    seen = ("public",) if searcher is None else ("public", "members")
    return bool(profile["in_space_station"]) and profile["visibility"] in seen


def _open(profile: Item, searcher: str | None, follows: set[Key]) -> set[str]:
    """Behind a shield nobody is trusted whose mail domain is not known."""
    if profile["shield"]["domains"]:
        return set()
    reached = {"everybody"} if searcher is None else {"everybody", "members"}
    if searcher and keys.follow(profile["id"], searcher) in follows:
        reached.add("followed")
    return {each["activity"] for each in profile["open_to"] if each["audience"] in reached}
