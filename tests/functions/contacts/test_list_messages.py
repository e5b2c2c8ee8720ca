from typing import Any

import pytest

from tests.functions.conftest import Person, join
from tests.functions.contacts.acting import decide, gone, messages, send, talking


@pytest.fixture
def made(alice: Person, bob: Person) -> str:
    made = talking(bob, alice)
    for number in range(1, 8):
        send((alice, bob)[number % 2], made, str(number))
    return made


def numbers(page: dict[str, Any]) -> list[int]:
    return [each["number"] for each in page["items"]]


def test_older_ones_page_by_page(made: str, alice: Person) -> None:
    first = messages(alice, made, limit=3).json
    second = messages(alice, made, limit=3, after=first["next"]).json
    third = messages(alice, made, limit=3, after=second["next"]).json

    assert [numbers(each) for each in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert third["next"] is None


def test_newer_ones_from_any_page(made: str, alice: Person, bob: Person) -> None:
    first = messages(alice, made, limit=3).json
    second = messages(alice, made, limit=3, after=first["next"]).json

    assert numbers(messages(alice, made, limit=2, since=second["newer"]).json) == [6, 5]
    none_yet = messages(alice, made, since=first["newer"]).json
    assert (numbers(none_yet), none_yet["next"]) == ([], None)
    send(bob, made, "8")
    send(bob, made, "9")
    new = messages(alice, made, since=none_yet["newer"]).json
    assert (numbers(new), new["last"]) == ([9, 8], 9)
    assert numbers(messages(alice, made, limit=2, after=new["next"]).json) == [7, 6]


def test_an_empty_one_can_be_waited_on(alice: Person, bob: Person) -> None:
    made = talking(bob, alice)
    empty = messages(bob, made).json
    assert (empty["items"], empty["next"], empty["last"], empty["state"]) == ([], None, 0, "interested")

    send(alice, made)

    assert numbers(messages(bob, made, since=empty["newer"]).json) == [1]


def test_says_whom_it_is_with_and_whether_it_has_ended(made: str, alice: Person, bob: Person) -> None:
    assert messages(alice, made).json["other"]["handle"] == bob.handle
    decide(bob, made, "ended")
    assert messages(alice, made).json["state"] == "ended"
    gone(bob)

    shown = messages(alice, made).json
    assert shown["other"] == {"id": None, "handle": None, "name": "Former member", "headline": ""}
    assert numbers(shown) == [7, 6, 5, 4, 3, 2, 1]


def test_only_one_way_at_a_time_and_only_its_own_cursors(made: str, alice: Person) -> None:
    page = messages(alice, made, limit=1).json
    other = talking(join("carla"), alice)

    assert messages(alice, made, after=page["next"], since=page["newer"]).status == 422
    assert messages(alice, made, after="x").status == 400
    assert messages(alice, other, after=page["next"]).status == 400
