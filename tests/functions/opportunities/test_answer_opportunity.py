from datetime import timedelta

import pytest

from tests.functions.conftest import Person, Shift, join
from tests.functions.opportunities.acting import (
    NOBODYS,
    answers,
    block,
    close,
    delete,
    everything,
    gone,
    highlight,
    posted,
    respond,
    responded,
)
from tests.racing import at_once


def test_reaches_the_poster_with_chosen_highlights(alice: Person, bob: Person) -> None:
    made = posted(alice)
    shown = highlight(bob, visibility="members")

    answer = respond(bob, made, message="I photographed your evening.", highlights=[shown, shown])

    assert (answer.status, answer.json["state"]) == (201, "received")
    assert answer.json["highlights"] == [shown]
    [given] = answers(alice, made).json["items"]
    assert given["message"] == "I photographed your evening."
    assert given["answerer"]["handle"] == bob.handle
    assert [each["id"] for each in given["evidence"]] == [shown]


def test_only_ones_own_highlights_and_no_drafts_are_evidence(alice: Person, bob: Person) -> None:
    made, own = posted(alice), highlight(bob)
    before = everything()

    for wrong in (highlight(alice), highlight(bob, visibility="draft"), NOBODYS):
        assert respond(bob, made, highlights=[own, wrong]).pointers == ["/highlights/1"]
    assert not [item for item in everything() if item not in before and item["sk"].startswith("ANSWER")]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"message": ""}, "/message"),
        ({"message": "x" * 5_001}, "/message"),
        ({"highlights": ["x"]}, "/highlights/0"),
        ({"highlights": [NOBODYS[:-2] + f"{each:02}" for each in range(11)]}, "/highlights"),
        ({"state": "shortlisted"}, "/state"),
    ],
)
def test_bad_input_names_the_field(
    alice: Person, bob: Person, changes: dict[str, object], pointer: str
) -> None:
    refused = respond(bob, posted(alice), **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])


def test_once(alice: Person, bob: Person) -> None:
    made = posted(alice)

    statuses = [each.status for each in at_once(*(lambda: respond(bob, made) for _ in range(8)))]

    assert sorted(statuses) == [201] + [409] * 7
    assert len(answers(alice, made).json["items"]) == 1


def test_a_repeat_with_its_key_is_answered_as_the_first_was(alice: Person, bob: Person) -> None:
    made = posted(alice)

    first, again = (respond(bob, made, "key") for _ in range(2))

    assert (first.status, again.status, first.json) == (201, 201, again.json)


def test_not_ones_own(alice: Person) -> None:
    assert respond(alice, posted(alice)).status == 403


def test_not_what_is_over(alice: Person, bob: Person, later: Shift) -> None:
    closed, expired = posted(alice), posted(alice)
    close(alice, closed)
    later(timedelta(days=31))

    assert [respond(bob, each).status for each in (closed, expired)] == [409, 409]


def test_not_what_one_may_not_see(alice: Person, bob: Person, mallory: Person) -> None:
    made = posted(alice)
    block(alice, mallory)

    missing = respond(bob, NOBODYS)
    assert missing.status == 404
    assert respond(mallory, made).json == missing.json
    gone(alice)
    assert respond(bob, made).json == missing.json


def test_of_closing_and_answering_at_once_what_is_second_is_refused(alice: Person) -> None:
    people = [join(f"member-{number}") for number in range(8)]
    made = posted(alice)

    closed, *given = at_once(
        lambda: close(alice, made), *(lambda each=each: respond(each, made) for each in people)
    )

    assert closed.status == 200
    assert {each.status for each in given} <= {201, 409}
    accepted = [person.id for person, each in zip(people, given, strict=True) if each.status == 201]
    assert {each["member_id"] for each in answers(alice, made).json["items"]} == set(accepted)
    assert respond(join("late"), made).status == 409


def test_of_deleting_and_answering_at_once_nothing_is_left(alice: Person, bob: Person) -> None:
    made = posted(alice)

    deleted, given = at_once(lambda: delete(alice, made), lambda: respond(bob, made))

    assert (deleted.status, given.status in (201, 404, 409)) == (204, True)
    assert respond(bob, made).status == 404


def test_fifty_a_day(alice: Person, bob: Person) -> None:
    posters = [join(f"poster-{number}") for number in range(3)]
    made = [posted(posters[number % 3]) for number in range(51)]

    statuses = [respond(bob, each).status for each in made]

    assert statuses == [201] * 50 + [429]
    assert responded(alice, made[50])
