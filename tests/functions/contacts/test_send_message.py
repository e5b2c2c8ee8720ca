from datetime import timedelta

import pytest

from tests.functions.conftest import Person, Shift
from tests.functions.contacts.acting import (
    NOBODYS,
    asked,
    block,
    decide,
    everything,
    gone,
    messages,
    open_to,
    send,
    talking,
)
from tests.racing import at_once


@pytest.fixture
def made(alice: Person, bob: Person) -> str:
    return talking(bob, alice)


def texts(user: Person, made: str) -> list[str]:
    return [each["message"] for each in messages(user, made, limit=100).json["items"]]


def test_both_read_it_in_order(made: str, alice: Person, bob: Person) -> None:
    first, second = send(bob, made, "Hello"), send(alice, made, "Hello, Bob.\n\nCome in.")

    assert (first.status, first.json["number"], first.json["mine"]) == (201, 1, True)
    assert second.json["number"] == 2
    assert texts(alice, made) == texts(bob, made) == ["Hello, Bob.\n\nCome in.", "Hello"]
    assert [each["mine"] for each in messages(bob, made).json["items"]] == [False, True]


def test_many_at_once_are_numbered_without_gaps_or_doubles(made: str, alice: Person, bob: Person) -> None:
    people = [alice, bob] * 16

    sent = at_once(*(lambda n=n, each=each: send(each, made, f"{n}") for n, each in enumerate(people)))

    assert [each.status for each in sent] == [201] * 32
    assert sorted(each.json["number"] for each in sent) == list(range(1, 33))
    shown = messages(alice, made, limit=100).json["items"]
    assert [each["number"] for each in shown] == list(range(32, 0, -1))
    assert {each["number"]: each["message"] for each in shown} == {
        each.json["number"]: each.json["message"] for each in sent
    }


def test_a_repeat_sends_nothing_more(made: str, bob: Person) -> None:
    sent = [send(bob, made, "Hello", "key") for _ in range(3)]

    assert [each.json["number"] for each in sent] == [1, 1, 1]
    assert texts(bob, made) == ["Hello"]


def test_nothing_before_it_is_accepted(alice: Person, bob: Person, later: Shift) -> None:
    open_to(alice)
    made = asked(bob, alice)

    refused = send(bob, made)
    assert (refused.status, send(alice, made).status) == (409, 409)
    decide(alice, made, "not_now")
    assert send(bob, made).json == refused.json
    later(timedelta(days=31))
    assert send(bob, made).json == refused.json


@pytest.mark.parametrize("how", ["blocks", "is blocked", "word", "left"])
def test_an_end_is_an_end_for_both_and_tells_no_reason(
    made: str, alice: Person, bob: Person, how: str
) -> None:
    send(bob, made, "Hello")
    match how:
        case "blocks":
            block(alice, bob)
        case "is blocked":
            block(bob, alice)
        case "word":
            decide(alice, made, "ended")
        case "left":
            gone(alice)

    refused = send(bob, made)

    assert (refused.status, refused.json["detail"]) == (403, "This conversation has ended.")
    if how != "left":
        assert send(alice, made).json == refused.json
    assert messages(bob, made).json["state"] == "ended"
    assert texts(bob, made) == ["Hello"]


def test_of_a_block_and_a_message_at_once_nothing_comes_after_the_block(
    made: str, alice: Person, bob: Person
) -> None:
    def block_then_count() -> int:
        block(alice, bob)
        return len(texts(alice, made))

    count, *_ = at_once(block_then_count, *(lambda: send(bob, made) for _ in range(6)))

    assert len(texts(alice, made)) == count
    assert send(bob, made).status == 403


def test_thirty_a_minute(made: str, bob: Person, later: Shift) -> None:
    statuses = [send(bob, made).status for _ in range(31)]
    later(timedelta(minutes=1, seconds=5))

    assert statuses == [201] * 30 + [429]
    assert send(bob, made).status == 201


def test_bad_input_names_the_field_and_writes_nothing(made: str, bob: Person) -> None:
    before = everything()

    assert [send(bob, made, text).pointers for text in ("", "x" * 5_001, "\x00")] == [["/message"]] * 3
    assert everything() == before


def test_strangers_have_nothing_to_say(made: str, mallory: Person) -> None:
    assert (send(mallory, made).status, send(mallory, made).json) == (404, send(mallory, NOBODYS).json)
