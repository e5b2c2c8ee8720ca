"""The index follows from the facts alone: whatever the order and number of the events."""

import random
from functools import partial
from typing import Any
from unittest.mock import Mock, patch

import pytest

from core import events, keys, table
from space_station import facets, merit, place_member, place_works, posting
from tests.faults.engine import Engine
from tests.functions.conftest import Person, join
from tests.functions.space_station.acting import (
    arrive,
    change,
    index,
    open_one,
    place,
    place_all,
    tell,
    works,
)
from tests.functions.timeline.acting import answer, create, delete, edit, everything
from tests.racing import at_once

TAGS = ("python", "jazz", "c#", "data pipelines", "yoga", "tea")


class Life:
    """Members who change what they can, at random. `told`: the events, as effect and detail."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.people = [join(name) for name in ("ada", "ben", "cleo")]
        self.told: list[tuple[Any, dict[str, str]]] = []
        self._made: dict[str, Person] = {}
        for each in self.people:
            self._member(each)

    def go_on(self) -> None:
        person = self._dice.choice(self.people)
        ways = (
            self._profile,
            self._openness,
            self._create,
            self._create,
            self._edit,
            self._edit,
            self._delete,
        )
        self._dice.choice(ways)(person)

    def _profile(self, person: Person) -> None:
        pick = self._dice.choice
        edits = (
            {"location": pick(("Lisboa, Portugal", "Porto", ""))},
            {"headline": pick(("Data tools", "Tea", ""))},
            {"badges": [{"name": name} for name in self._dice.sample(("Baker", "Poet"), pick((0, 1, 2)))]},
            {"visibility": pick(("public", "members"))},
            {"in_space_station": pick((True, True, False))},
        )
        change(person, **pick(edits))
        self._member(person)

    def _openness(self, person: Person) -> None:
        open_one(
            person,
            self._dice.choice(("mentor", "speak")),
            audience=self._dice.choice(("everybody", "members")),
        )
        self._member(person)

    def _create(self, person: Person) -> None:
        other = next(each for each in self.people if each != person)
        made = create(person, **self._values(), collaborators=[{"handle": other.handle}]).json["id"]
        answer(other, made, self._dice.choice(("accepted", "declined")))
        self._made[made] = person
        self._highlight(made)

    def _edit(self, _person: Person) -> None:
        if self._made:
            made = self._dice.choice(list(self._made))
            edit(self._made[made], made, **self._values())
            self._highlight(made)

    def _delete(self, _person: Person) -> None:
        if self._made:
            made = self._dice.choice(list(self._made))
            delete(self._made.pop(made), made)
            self._highlight(made)

    def _values(self) -> dict[str, Any]:
        pick = self._dice.choice
        return {
            "kind": pick(("job", "code", "learning")),
            "title": pick(("Engineer at Acme", "Tea")),
            "start": str(self._dice.randint(2010, 2026)),
            "tags": self._dice.sample(TAGS, self._dice.randint(0, 4)),
            "visibility": pick(("public", "public", "members", "draft")),
        }

    def _member(self, person: Person) -> None:
        self.told.append((place_member.handler, {"member_id": person.id}))

    def _highlight(self, made: str) -> None:
        self.told.append((place_works.handler, {"highlight_id": made}))


def deliver(told: list[tuple[Any, dict[str, str]]]) -> None:
    for effect, detail in told:
        tell(effect, **detail)


def check() -> None:
    """Against a plain reading of the facts, and against a rebuild."""
    kept = index()
    found = {(pk, item["id"]): sk for (pk, sk), item in kept.items() if pk.startswith("FOUND#")}
    assert found == wanted()
    public = {(pk, item["id"]) for (pk, _), item in kept.items() if item.get("gsi1pk") == pk}
    assert public == wanted_by_visitors()
    counts = {pk: sum(item.values()) for (pk, _), item in kept.items() if pk.startswith("FACET#")}
    by_facet: dict[str, int] = {}
    for pk, _ in found:
        name = keys.found_counts(keys.facet_and_tier(pk)[0]).pk
        by_facet[name] = by_facet.get(name, 0) + 1
    assert {pk: count for pk, count in counts.items() if count} == by_facet
    assert not [key for key in kept if key[1] == "UNPLACED"]

    gone = [keys.Key(item["pk"], item["sk"]) for item in everything() if keys.is_derived(item)]
    table.write_many([], gone)
    place_all()
    assert without_zeros(index()) == without_zeros(kept)


def without_zeros(items: dict[tuple[str, str], dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    kept = {key: {name: value for name, value in item.items() if value} for key, item in items.items()}
    return {key: item for key, item in kept.items() if item}


def profiles() -> list[dict[str, Any]]:
    return [item for item in everything() if item["sk"] == "PROFILE" and item.get("in_space_station", True)]


def wanted() -> dict[tuple[str, str], str]:
    """Counted anew from the highlights: no sum, no marker."""
    highlights = [item for item in everything() if item["sk"] == "HIGHLIGHT"]
    places = {}
    for profile in profiles():
        own = [
            each
            for each in highlights
            if each["member_id"] == profile["id"] and each["visibility"] == "public"
        ]
        sums: dict[str, dict[str, int]] = {"tags": {}, "years": {}}
        for each in own:
            for tag in each["tags"]:
                sums["tags"][tag] = sums["tags"].get(tag, 0) + 1
            year = merit.year(each)
            sums["years"][year] = sums["years"].get(year, 0) + merit.points(each)
        sums["years"] = {year: points for year, points in sums["years"].items() if points}
        place = posting.place(profile["id"], sums)
        for group in facets.groups(profile, sums).values():
            for facet in group:
                places[keys.found(facet, merit.tier(place), "").pk, profile["id"]] = place
    return places


def wanted_by_visitors() -> set[tuple[str, str]]:
    by_id = {item["id"]: item for item in profiles()}

    def is_public(pk: str, member_id: str) -> bool:
        profile = by_id[member_id]
        closed = [
            f"open:{each['activity']}"
            for each in profile.get("open_to", [])
            if each["audience"] != "everybody"
        ]
        return bool(profile["visibility"] == "public") and keys.facet_and_tier(pk)[0] not in closed

    return {key for key in wanted() if is_public(*key)}


@pytest.mark.parametrize("seed", range(8))
def test_duplicates_in_any_order(seed: int) -> None:
    dice = random.Random(seed)
    life = Life(dice)
    for _ in range(25):
        life.go_on()
        deliver(dice.sample(life.told, dice.randint(0, 2)))
    late = life.told * 2
    dice.shuffle(late)

    deliver(late)

    check()


@pytest.mark.parametrize("seed", range(100, 106))
def test_crashes_and_lost_answers(seed: int, quick_table: Engine) -> None:
    dice = random.Random(seed)
    life = Life(dice)
    for _ in range(20):
        life.go_on()
    left = list(life.told)
    dice.shuffle(left)

    def crash(_moment: str) -> None:
        if dice.random() < 0.15:
            raise ConnectionError

    while left:
        effect, detail = left.pop()
        record = {"messageId": "m", "body": f'{{"detail": {{{pairs(detail)}, "version": 1}}}}'}
        with quick_table.faulty(crash):
            if effect({"Records": [record]}, None)["batchItemFailures"]:
                left.insert(0, (effect, detail))

    check()


def pairs(detail: dict[str, str]) -> str:
    return ", ".join(f'"{name}": "{value}"' for name, value in detail.items())


def test_at_the_same_time() -> None:
    life = Life(random.Random(7))
    for _ in range(12):
        life.go_on()

    with patch.object(events, "metrics", Mock()):
        for start in range(0, len(life.told), 4):
            at_once(*[partial(deliver, [each]) for each in life.told[start : start + 4] * 2])

    check()


def test_who_deletes_their_last_highlight_is_placed_without_it() -> None:
    ada = arrive("ada")
    made = works(ada, tags=["jazz"])
    delete(ada, made)

    tell(place_works.handler, highlight_id=made)

    assert not [pk for pk, _ in index() if "tag:jazz" in pk]
    check()


def test_who_is_gone_stands_nowhere() -> None:
    ada = arrive("ada", "mentor", location="Lisboa", badges=[{"name": "Baker"}])
    works(ada, tags=["jazz"])
    table.write(table.delete(keys.member(ada.id)))

    place(ada)

    assert not [pk for pk, _ in index() if pk.startswith("FOUND#")]


def test_all_groups_fit_into_a_transaction(quick_table: Engine) -> None:
    """Everything at its cap, and then all of it another, at another rank."""
    ada = arrive("ada")
    largest: list[int] = []

    def watch(operation: str, payload: dict[str, Any]) -> None:
        if operation == "TransactWriteItems":
            largest.append(len(payload["TransactItems"]))

    for turn in ("a", "b"):
        words = " ".join(f"{turn}{chr(97 + n)}{chr(97 + n)}x" for n in range(12))
        badges = [{"name": f"{turn} badge {n}"} for n in range(10)]
        location = f"{turn} one two, {turn} three four, {turn}x five"
        with patch.object(quick_table, "watch", watch):
            change(ada, name=words[:80], headline=words, badges=badges, location=location)
            works(ada, tags=[f"{turn} tag {n}" for n in range(30)], start=f"202{len(largest) % 6}")

    assert 80 < max(largest) <= 100
    check()


def test_an_event_told_again_writes_nothing(quick_table: Engine) -> None:
    ada = arrive("ada", "mentor")
    made = works(ada, tags=["jazz"])
    written: list[str] = []

    def watch(operation: str, _payload: dict[str, Any]) -> None:
        if "Write" in operation or operation in ("PutItem", "UpdateItem", "DeleteItem"):
            written.append(operation)

    with patch.object(quick_table, "watch", watch):
        place(ada)
        tell(place_works.handler, highlight_id=made)

    assert written == []
