import pytest

from tests.functions.waitlist.conftest import (
    PEOPLE,
    admit,
    all_wait,
    confirm,
    leave,
    link,
    place_of,
    rounds,
    stored,
)
from tests.racing import at_once

ANN, BEN, CAT, DAN = PEOPLE


def test_leaves_at_once_and_nothing_of_the_address_stays() -> None:
    all_wait()

    assert leave(link(ANN)).status == 204
    assert "ann@" not in str(stored())
    assert place_of(BEN) == 1


def test_twice_or_many_times_at_once_counts_once() -> None:
    all_wait()

    assert {each.status for each in at_once(*[lambda: leave(link(ANN))] * 8)} == {204}
    assert leave(link(ANN)).status == 204
    assert confirm(link(BEN)).json["waiting"] == 3


def test_whoever_never_joined_can_leave_too() -> None:
    assert leave(link(ANN)).status == 204
    assert not stored()


def test_an_admission_that_is_given_up_goes_to_the_next_one() -> None:
    all_wait()
    admit(1)
    before = rounds()

    assert leave(link(ANN)).status == 204

    assert len(rounds() - before) == 1
    assert all("code_digest" not in item for item in stored() if item["sk"]["S"] == "ADMISSION")
    assert "ann@" not in str([item for item in stored() if item["sk"]["S"] != "MAIL"])


@pytest.mark.parametrize("token", ["x", "A" * 80])
def test_a_link_that_is_not_ours_is_told_so(token: str) -> None:
    assert leave(token).status == 404
