"""What a collaborator has confirmed stands on their timeline too, while its owner lets it be seen."""

from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    answer,
    batch,
    counted,
    created,
    delete,
    edit,
    follow_up,
    listed,
    pages,
    set_profile,
    titles,
)
from timeline import share_highlight

WITH_BOB = [{"handle": "bob-the-builder", "role": "Drums"}]


@pytest.fixture
def shared(alice: Person, bob: Person) -> str:
    """A highlight of alice's that bob has confirmed."""
    made = created(alice, title="Band", tags=["jazz"], kind="event", collaborators=WITH_BOB)
    answer(bob, made, "accepted", role="Percussion")
    follow_up(made)
    return made


def test_stands_among_ones_own(shared: str, alice: Person, bob: Person) -> None:
    created(bob, title="older", start="2018")
    created(bob, title="newer", start="2020")

    for reader in (None, alice, bob):
        assert titles(bob, reader, limit=2) == ["newer", "Band", "older"]
    [_, item, _] = listed(bob).json["items"]
    assert (item["id"], item["member_id"], item["handle"]) == (shared, alice.id, "alice")
    assert item["collaborators"][0] | {"role": "Percussion", "state": "confirmed"} == item["collaborators"][0]


@pytest.mark.usefixtures("shared")
def test_is_found_by_its_own_facets_and_dates(bob: Person) -> None:
    for query in (
        {"tag": "jazz"},
        {"kind": "event"},
        {"tag": "jazz", "kind": "event"},
        {"year": 2019},
        {"year": 2019, "month": 3},
        {"tag": "jazz", "year": 2019, "month": 3},
    ):
        assert titles(bob, **query) == ["Band"], query
    for other in ({"tag": "rock"}, {"kind": "job"}, {"year": 2018}, {"pinned": "true"}, {"badge": "drummer"}):
        assert titles(bob, **other) == [], other


def test_the_owners_pins_badges_and_jobs_stay_the_owners(alice: Person, bob: Person) -> None:
    set_profile(alice, badges=[{"name": "Drummer"}])
    set_profile(bob, badges=[{"name": "Drummer"}])
    job = created(alice, kind="job")
    made = created(alice, pinned=True, badges=["drummer"], under=job, collaborators=WITH_BOB)
    answer(bob, made, "accepted")
    follow_up(made)

    for mine in ({"pinned": "true"}, {"badge": "drummer"}, {"under": job}):
        assert titles(alice, **mine) == ["Streams"]
        assert titles(bob, bob, **mine) == []


def test_a_claim_is_not_enough(alice: Person, bob: Person) -> None:
    made = created(alice, collaborators=WITH_BOB)
    follow_up(made)

    assert titles(bob, bob) == []
    assert counted(bob, bob).json["count"] == 0


def test_a_name_is_nobodys_timeline(alice: Person, bob: Person) -> None:
    follow_up(created(alice, collaborators=[{"name": bob.handle}]))

    assert titles(bob, bob) == []


@pytest.mark.parametrize("effects_have_run", [False, True])
def test_is_gone_at_once_when_its_owner_says_so(
    shared: str, alice: Person, bob: Person, effects_have_run: bool
) -> None:
    changes: list[dict[str, Any]] = [{"visibility": "draft"}, {"collaborators": []}]
    for change in changes:
        edit(alice, shared, visibility="public", collaborators=WITH_BOB)
        answer(bob, shared, "accepted")
        follow_up(shared)
        assert titles(bob) == ["Band"]

        edit(alice, shared, **change)
        if effects_have_run:
            follow_up(shared)
            assert counted(bob, bob).json["count"] == 0
        assert titles(bob) == titles(bob, bob) == titles(bob, alice) == []


@pytest.mark.parametrize("effects_have_run", [False, True])
def test_is_gone_at_once_when_declined_or_deleted(
    shared: str, alice: Person, bob: Person, effects_have_run: bool
) -> None:
    answer(bob, shared, "declined")
    if effects_have_run:
        follow_up(shared)
    assert titles(bob, bob) == []

    answer(bob, shared, "accepted")
    follow_up(shared)
    assert titles(bob, bob) == ["Band"]

    delete(alice, shared)
    if effects_have_run:
        follow_up(shared)
    assert titles(bob, bob) == []


def test_members_only_is_for_members(shared: str, alice: Person, bob: Person, mallory: Person) -> None:
    edit(alice, shared, visibility="members")
    assert titles(bob) == []  # at once, though the entry still says public

    follow_up(shared)

    assert titles(bob) == []
    assert titles(bob, bob) == titles(bob, mallory) == ["Band"]


@pytest.mark.usefixtures("shared")
def test_a_members_only_owner_is_for_members(alice: Person, bob: Person, mallory: Person) -> None:
    set_profile(alice, visibility="members")

    assert titles(bob) == []
    assert titles(bob, bob) == titles(bob, mallory) == ["Band"]


@pytest.mark.usefixtures("shared")
def test_a_members_only_collaborator_is_for_members(alice: Person, bob: Person) -> None:
    set_profile(bob, visibility="members")

    assert listed(bob).status == 404
    assert titles(bob, alice) == titles(alice) == ["Band"]


def test_moves_with_its_date(shared: str, alice: Person, bob: Person) -> None:
    created(bob, title="own", start="2020")

    edit(alice, shared, start="2021")
    assert titles(bob) == ["own"]  # for the moment that the effect takes: never at two places

    follow_up(shared)
    assert titles(bob) == ["Band", "own"]
    assert titles(bob, year=2019) == []


def test_shows_what_the_fact_says_now(shared: str, alice: Person, bob: Person) -> None:
    edit(alice, shared, title="Big band", text="*Ah*")

    [item] = listed(bob).json["items"]

    assert (item["title"], item["html"]) == ("Big band", "<p><em>Ah</em></p>")
    assert "text" not in item


def test_who_declined_is_not_told(alice: Person, bob: Person, mallory: Person) -> None:
    both = [{"handle": bob.handle}, {"handle": mallory.handle}]
    made = created(alice, collaborators=both)
    answer(bob, made, "accepted")
    answer(mallory, made, "declined")
    follow_up(made)

    for timeline in (alice, bob):
        for reader in (None, bob, alice):
            [item] = listed(timeline, reader).json["items"]
            assert [each["handle"] for each in item["collaborators"]] == [bob.handle]


def test_a_page_can_be_a_hundred_of_several_owners(alice: Person, bob: Person, mallory: Person) -> None:
    for owner in [alice, mallory] * 50:
        made = created(owner, collaborators=WITH_BOB)
        answer(bob, made, "accepted")
        share_highlight.handler(batch(made), None)

    assert [len(page) for page in pages(bob, limit=100)] in ([100], [100, 0])
