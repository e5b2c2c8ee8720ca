"""An admission is good for two weeks; then it is the next one's."""

from datetime import timedelta

import pytest
from time_machine import travel

from core import invited, keys, table
from tests.functions.conftest import NOW
from tests.functions.waitlist.conftest import (
    PEOPLE,
    admit,
    all_wait,
    confirm,
    hand_on,
    happen,
    link,
    mailed,
    rounds,
    stored,
)
from waitlist import pass_on_places

ANN, BEN, CAT, DAN = PEOPLE
LATER = NOW + timedelta(days=14, hours=1)


@pytest.fixture(autouse=True)
def _one_admitted() -> None:
    all_wait()
    admit(1)


def mailed_to() -> list[str]:
    return [each for each in PEOPLE if mailed(each)]


def admission(address: str) -> object:
    return table.get(keys.admission(invited.digest(address)), consistent=True)


def test_before_its_time_nothing_happens() -> None:
    with travel(NOW + timedelta(days=13, hours=23), tick=True):
        hand_on()

    assert mailed_to() == [ANN]
    assert admission(ANN)


def test_then_it_is_the_next_ones_and_the_old_code_is_worth_nothing() -> None:
    with travel(LATER, tick=True):
        hand_on()

    assert mailed_to() == [ANN, BEN]
    assert admission(ANN) is None
    assert "ann@" not in str([item for item in stored() if item["sk"]["S"] != "MAIL"])


def test_whoever_came_keeps_the_place_and_nobody_gets_it_too() -> None:
    table.write(
        table.update(keys.admission(invited.digest(ANN)), "SET redeemed_at = :at", at="2026-11-24T00:00:00Z")
    )
    with travel(LATER, tick=True):
        hand_on()

    assert mailed_to() == [ANN]
    assert admission(ANN)
    assert "ann@" not in str([item for item in stored() if item["sk"]["S"] != "MAIL"])


def test_a_schedule_that_fires_twice_hands_on_once() -> None:
    with travel(LATER, tick=True):
        before = rounds()
        assert happen(pass_on_places.handler)
        assert happen(pass_on_places.handler)

    assert len(rounds() - before) == 1


def test_whoever_missed_it_can_join_again_at_the_end() -> None:
    with travel(LATER, tick=True):
        hand_on()
        again = confirm(link(ANN, LATER))

    assert (again.json["state"], again.json["place"]) == ("waiting", 3)
