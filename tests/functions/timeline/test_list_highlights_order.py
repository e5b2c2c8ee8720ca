"""The lists of sixty random highlights are those that plain code makes of the facts."""

import random
from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import create, created, delete, edit, listed, pages, set_profile

SEES = {"visitor": ("public",), "member": ("public", "members"), "owner": ("public", "members", "draft")}
KINDS = ("job", "code", "event", "personal")
TAGS = ("python", "kafka", "c#", "data pipelines", "yoga")
BADGES = ("engineer", "barista", "yoga-teacher")

type Fact = dict[str, Any]


def place(fact: Fact) -> tuple[Any, ...]:
    """Newest first by start, coarser after finer, what is ongoing on top of its year; then what is new."""
    year, month, day = [*map(int, fact["start"].split("-")), 0, 0][:3]
    return year, fact["ongoing"], month, day, fact["id"]


def expected(facts: list[Fact], audience: str, asked: dict[str, Any]) -> list[str]:
    tests: dict[str, Any] = {
        "tag": lambda fact, tag: tag in fact["tags"],
        "badge": lambda fact, badge: badge in fact["badges"],
        "kind": lambda fact, kind: fact["kind"] == kind,
        "under": lambda fact, job: fact["under"] == job,
        "pinned": lambda fact, _: fact["pinned"],
        "visibility": lambda fact, visibility: fact["visibility"] == visibility,
        "year": lambda fact, year: fact["start"][:4] == str(year),
        "month": lambda fact, month: fact["start"][5:7] == f"{month:02}",
    }
    found = [
        fact
        for fact in facts
        if fact["visibility"] in SEES[audience]
        and all(tests[name](fact, value) for name, value in asked.items())
    ]
    return [fact["id"] for fact in sorted(found, key=place, reverse=True)]


def some_highlight(dice: random.Random, jobs: list[str]) -> dict[str, Any]:
    year, month, day = dice.randint(2017, 2020), dice.randint(1, 3), dice.randint(1, 28)
    return {
        "start": f"{year}-{month:02}-{day:02}"[: dice.choice((4, 7, 10))],
        "ongoing": dice.random() < 0.2,
        "kind": dice.choice(KINDS),
        "tags": dice.sample(TAGS, dice.randint(0, 4)),
        "badges": dice.sample(BADGES, dice.randint(0, 2)),
        "pinned": dice.random() < 0.2,
        "under": dice.choice([*jobs, None, None]),
        "visibility": dice.choice(("public", "public", "members", "draft")),
    }


def some_filters(dice: random.Random, jobs: list[str]) -> dict[str, Any]:
    choices = {
        "tag": TAGS,
        "badge": BADGES,
        "kind": KINDS,
        "under": jobs,
        "pinned": ("true",),
        "visibility": ("draft",),
        "year": range(2016, 2022),
    }
    asked: dict[str, Any] = {
        name: dice.choice(choices[name]) for name in dice.sample(list(choices), dice.randint(1, 3))
    }
    return asked | ({"month": dice.randint(1, 4)} if "year" in asked and dice.random() < 0.5 else {})


def alone(jobs: list[str]) -> list[dict[str, Any]]:
    values = {"tag": TAGS, "badge": BADGES, "kind": KINDS, "under": jobs, "year": range(2016, 2022)}
    single = [{name: value} for name, each in values.items() for value in each]
    months = [{"year": year, "month": month} for year in (2017, 2019) for month in (1, 2, 3, 4)]
    return [{}, {"pinned": "true"}, {"visibility": "draft"}, *single, *months]


def filled(alice: Person, dice: random.Random, size: int) -> tuple[list[Fact], list[str]]:
    set_profile(alice, badges=[{"id": badge, "name": badge} for badge in BADGES])
    jobs = [create(alice, kind="job", start="2017", ongoing=True).json for _ in range(2)]
    ids = [job["id"] for job in jobs]
    return jobs + [create(alice, **some_highlight(dice, ids)).json for _ in range(size - 2)], ids


@pytest.mark.parametrize("seed", range(3))
def test_every_list_is_right_for_every_reader(alice: Person, bob: Person, seed: int) -> None:
    dice = random.Random(seed)
    facts, jobs = filled(alice, dice, 60)
    readers = {"visitor": None, "member": bob, "owner": alice}

    for asked in alone(jobs) + [some_filters(dice, jobs) for _ in range(30)]:
        for audience, reader in readers.items():
            found = list(pages(alice, reader, limit=7, **asked))
            assert all(len(page) <= 7 for page in found)
            ids = [item["id"] for page in found for item in page]
            assert ids == expected(facts, audience, asked), (asked, audience)


@pytest.mark.parametrize("seed", range(3))
def test_what_stays_is_listed_once_while_all_else_changes(alice: Person, seed: int) -> None:
    dice = random.Random(seed)
    facts, jobs = filled(alice, dice, 40)
    goes = [fact["id"] for fact in facts[3::2]]
    stays = {fact["id"] for fact in facts} - set(goes)

    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = listed(alice, alice, limit=3, **after).json
        found += [item["id"] for item in page["items"]]
        if not page["next"]:
            break
        after = {"after": page["next"]}
        created(alice, **some_highlight(dice, jobs))
        if goes:
            delete(alice, goes.pop(dice.randrange(len(goes))))
        if goes:
            edit(alice, dice.choice(goes), **some_highlight(dice, jobs))

    kept = [each for each in found if each in stays]
    assert sorted(kept) == sorted(stays)
    assert kept == [each for each in expected(facts, "owner", {}) if each in stays]
