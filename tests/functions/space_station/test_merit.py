"""The order of results: documented in space_station/merit.py."""

import random
from typing import Any

import pytest

from space_station import merit
from tests.functions.conftest import Person
from tests.functions.space_station.acting import arrive, change, handles, index, open_one, works
from tests.functions.timeline.acting import edit


def order() -> list[str]:
    return handles()


def test_more_recent_work_comes_first() -> None:
    old, new = arrive("old"), arrive("new")
    works(old, start="2016", end="2016")
    works(new, start="2025")

    assert order() == ["new", "old"]


def test_confirmed_work_comes_before_what_is_only_claimed(bob: Person, mallory: Person) -> None:
    claims, confirmed = arrive("claims"), arrive("confirmed")
    works(claims, collaborators=[{"handle": bob.handle}, {"handle": mallory.handle}])
    works(confirmed, confirmed_by=(bob,))

    assert order()[:2] == ["confirmed", "claims"]


def test_no_year_outweighs_all_others_by_mere_number() -> None:
    diligent = {"2026": 24}

    assert merit.rank(diligent) == merit.rank({"2026": 5000})
    assert merit.rank(diligent | {"2020": 1}) <= merit.rank(diligent)


@pytest.mark.parametrize("seed", range(50))
def test_more_never_ranks_lower(seed: int) -> None:
    dice = random.Random(seed)
    points = {str(dice.randint(1990, 2026)): dice.randint(1, 30) for _ in range(dice.randint(0, 6))}
    more = points | {year: points.get(year, 0) + 1 for year in [str(dice.randint(1990, 2026))]}
    confirmed = {"kind": "code", "collaborators": [{"state": "confirmed"}] * dice.randint(1, 5)}
    claimed = {"kind": "code", "collaborators": [{"state": "claimed"}] * 5}

    assert merit.rank(more) <= merit.rank(points)
    assert merit.points(confirmed) > merit.points(claimed)
    assert merit.rank({"2026": 1}) < merit.rank({"2020": 1}) < merit.rank({})


def test_nothing_counts_ahead_of_its_time() -> None:
    highlight: dict[str, Any] = {"start": "2090", "end": None, "created_at": "2026-11-24T10:00:00.000Z"}

    assert merit.year(highlight) == "2026"
    assert merit.year(highlight | {"start": "2001-02", "end": "2003"}) == "2003"


def ranks() -> dict[str, str]:
    """By list."""
    return {pk: sk for pk, sk in index() if pk.startswith("FOUND#") and "word:" not in pk}


def test_a_promotion_changes_nothing() -> None:
    ada = arrive("ada", headline="Assistant", badges=[{"name": "Clerk"}])
    works(ada, kind="code")
    job = works(ada, kind="job", title="Assistant at Acme", start="2020", ongoing=True)
    before = order(), {*ranks().values()}

    edit(ada, job, title="Chief Executive Officer at Acme")
    works(ada, kind="job", title="President", start="2026", ongoing=True)
    change(ada, headline="President", name="Dr. Ada, CEO")

    assert (order(), {*ranks().values()}) == before


def test_tags_and_openness_change_nothing() -> None:
    ada = arrive("ada")
    made = works(ada)
    before = {*ranks().values()}

    edit(ada, made, tags=[f"tag {number}" for number in range(30)])
    works(ada, kind="job", tags=["more"])
    open_one(ada, "mentor")

    assert {*ranks().values()} == before


def test_among_equals_it_is_neither_age_nor_name() -> None:
    people = [arrive(f"m-{number:02}") for number in range(12)]

    assert sorted(order()) == [each.handle for each in people]
    assert order() not in ([each.handle for each in people], [each.handle for each in reversed(people)])


def test_a_tier_ends_where_the_next_begins() -> None:
    for tier in range(14):
        last = merit.last_rank(tier)
        assert merit.tier(last) == tier
        assert merit.tier(f"{int(last) + 1:03}") == tier - 1 or tier == 0
