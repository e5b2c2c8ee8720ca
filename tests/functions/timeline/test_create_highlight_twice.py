"""`Idempotency-Key`: a repeated POST answers as the first did, and happens once."""

from datetime import datetime, timedelta

import pytest

from core import clock
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import TALK, create, everything, titles
from tests.racing import at_once
from timeline import create_highlight


def later(monkeypatch: pytest.MonkeyPatch, wait: timedelta) -> None:
    now: datetime = clock.now() + wait
    monkeypatch.setattr("core.clock.now", lambda: now)


def test_a_repeat_answers_as_the_first(alice: Person) -> None:
    first, second, third = (create(alice, "a key") for _ in range(3))

    assert first.status == second.status == third.status == 201
    assert first.json == second.json == third.json
    assert titles(alice) == ["Streams"]


def test_a_repeat_has_the_etag_of_the_first(alice: Person) -> None:
    first, second = create(alice, "a key"), create(alice, "a key")

    assert second.headers == first.headers


def test_twenty_at_once_make_one(alice: Person) -> None:
    answers = at_once(*[lambda: create(alice, "a key")] * 20)

    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert all(answer.json == answers[0].json for answer in answers)
    assert titles(alice) == ["Streams"]


def test_twenty_at_once_with_other_bodies_make_one(alice: Person) -> None:
    answers = at_once(*[lambda n=n: create(alice, "a key", title=f"{n}") for n in range(20)])

    [made] = [answer for answer in answers if answer.status == 201]
    assert [answer.status for answer in answers].count(422) == 19
    assert titles(alice) == [made.json["title"]]


def test_without_a_key_each_is_one_of_its_own(alice: Person) -> None:
    assert create(alice).json["id"] != create(alice).json["id"]


def test_another_request_with_the_key_is_refused(alice: Person) -> None:
    create(alice, "a key")

    refused = create(alice, "a key", title="Another")

    assert refused.status == 422
    assert "Idempotency-Key" in refused.json["detail"]
    assert titles(alice) == ["Streams"]


def test_a_key_is_each_members_own(alice: Person, bob: Person) -> None:
    ours, theirs = create(alice, "a key"), create(bob, "a key")

    assert theirs.status == 201
    assert theirs.json["member_id"] == bob.id
    assert ours.json["id"] != theirs.json["id"]


def test_a_refusal_leaves_the_key_free(alice: Person) -> None:
    assert create(alice, "a key", kind="party").status == 422

    assert create(alice, "a key").status == 201


def test_a_key_lasts_for_a_day(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    first = create(alice, "a key")

    later(monkeypatch, timedelta(hours=23, minutes=59))
    assert create(alice, "a key").json == first.json

    later(monkeypatch, timedelta(minutes=2))
    again = create(alice, "a key", title="Another day")
    assert again.status == 201
    assert titles(alice) == ["Another day", "Streams"]
    assert create(alice, "a key", title="Another day").json == again.json


@pytest.mark.parametrize("key", ["", "a" * 256, "schlüssel", "tab\there", "\x00"])
def test_refuses_what_is_no_key(alice: Person, key: str) -> None:
    before = everything()

    answer = call(create_highlight.handler, user=alice.id, body=TALK, headers={"Idempotency-Key": key})

    assert answer.status == 400
    assert everything() == before


def test_takes_the_longest_key(alice: Person) -> None:
    key = "#" * 255

    assert create(alice, key).json == create(alice, key).json
