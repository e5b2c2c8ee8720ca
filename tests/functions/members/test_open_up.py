from functools import partial
from typing import Any

import pytest

from core.clock import new_id
from members import get_me, get_member, open_up
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.racing import at_once

PLAIN = {"note": "", "question": "", "audience": "everybody", "weekly_cap": None, "expires_at": None}


def open_to(user: Person, activity: str, **body: object) -> Answer:
    return call(open_up.handler, user=user.id, body=body or None, activity=activity)


def openness(user: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call(get_me.handler, user=user.id).json["open_to"]
    return found


def test_everybody_sees_what_one_is_open_to(alice: Person) -> None:
    opened = open_to(alice, "mentor", note="On Fridays", question="Why me?")

    assert opened.status == 200
    shown = {"activity": "mentor", "note": "On Fridays", "question": "Why me?"}
    assert opened.json["open_to"] == [PLAIN | shown]
    assert call(get_member.handler, public=True, handle="alice").json["open_to"] == [shown]


def test_its_settings_are_kept_and_shown_to_its_owner_alone(alice: Person, bob: Person) -> None:
    settings = {"audience": "members", "weekly_cap": 3, "expires_at": "2999-01-01T00:00:00+01:00"}

    open_to(alice, "mentor", **settings)

    assert openness(alice) == [
        PLAIN | settings | {"activity": "mentor", "expires_at": "2998-12-31T23:00:00.000Z"}
    ]
    seen = call(get_member.handler, user=bob.id, handle="alice").json["open_to"]
    assert seen == [{"activity": "mentor", "note": "", "question": ""}]


def test_a_note_is_not_needed(alice: Person) -> None:
    assert open_to(alice, "speak").json["open_to"] == [PLAIN | {"activity": "speak"}]


def test_again_replaces_all_of_it(alice: Person) -> None:
    open_to(alice, "mentor", note="On Fridays", weekly_cap=2)
    open_to(alice, "speak")

    open_to(alice, "mentor", note="On Mondays")

    assert openness(alice) == [
        PLAIN | {"activity": "speak"},
        PLAIN | {"activity": "mentor", "note": "On Mondays"},
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
        ({"question": "x" * 281}, "/question"),
        ({"audience": "friends"}, "/audience"),
        ({"weekly_cap": 0}, "/weekly_cap"),
        ({"weekly_cap": 101}, "/weekly_cap"),
        ({"weekly_cap": "3"}, "/weekly_cap"),
        ({"expires_at": "tomorrow"}, "/expires_at"),
        ({"expires_at": "2999-01-01"}, "/expires_at"),
        ({"expires_at": "2999-01-01T00:00:00"}, "/expires_at"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
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
