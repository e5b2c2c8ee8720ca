from functools import partial

import pytest

from core.clock import new_id
from members import get_me, get_member, open_up
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.racing import at_once


def open_to(user: Person, activity: str, **body: object) -> Answer:
    return call(open_up.handler, user=user.id, body=body or None, activity=activity)


def openness(user: Person) -> list[dict[str, str]]:
    found: list[dict[str, str]] = call(get_me.handler, user=user.id).json["open_to"]
    return found


def test_everybody_sees_what_one_is_open_to(alice: Person) -> None:
    opened = open_to(alice, "mentor", note="On Fridays")

    assert opened.status == 200
    assert opened.json["open_to"] == [{"activity": "mentor", "note": "On Fridays"}]
    assert call(get_member.handler, public=True, handle="alice").json["open_to"] == opened.json["open_to"]


def test_a_note_is_not_needed(alice: Person) -> None:
    assert open_to(alice, "speak").json["open_to"] == [{"activity": "speak", "note": ""}]


def test_again_changes_the_note(alice: Person) -> None:
    open_to(alice, "mentor", note="On Fridays")
    open_to(alice, "speak")

    open_to(alice, "mentor", note="On Mondays")

    assert openness(alice) == [
        {"activity": "speak", "note": ""},
        {"activity": "mentor", "note": "On Mondays"},
    ]


def test_at_once_all_are_kept(alice: Person) -> None:
    activities = ["mentor", "speak", "teach", "write"]

    answers = at_once(*(partial(open_to, alice, each) for each in activities))

    assert [each.status for each in answers] == [200] * 4
    assert sorted(each["activity"] for each in openness(alice)) == activities


@pytest.mark.parametrize("activity", ["no-such", "Mentor", "mentor ", "constructor", "x" * 300])
def test_an_activity_that_is_not_in_the_catalogue_is_not_there(alice: Person, activity: str) -> None:
    assert open_to(alice, activity, note="x").status == 404
    assert openness(alice) == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"note": "x" * 281}, "/note"),
        ({"note": "a\nb"}, "/note"),
        ({"note": None}, "/note"),
        ({"activity": "speak"}, "/activity"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    alice: Person, body: dict[str, object], pointer: str
) -> None:
    refused = call(open_up.handler, user=alice.id, body=body, activity="mentor")

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert openness(alice) == []


def test_the_longest_note_is_taken(alice: Person) -> None:
    assert open_to(alice, "mentor", note="ü" * 280).status == 200


def test_a_token_without_a_profile_opens_nothing() -> None:
    assert open_to(Person(new_id(), "-"), "mentor").status == 404


def test_without_an_authorizer_nothing_is_done() -> None:
    assert call(open_up.handler, activity="mentor").status == 500
