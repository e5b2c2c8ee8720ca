"""So many and no more, whatever comes twice, breaks off, or happens at once."""

from datetime import timedelta

import pytest

from core import invited, keys, table
from core.clock import timestamp
from core.table import ConditionFailed
from tests.functions.conftest import NOW
from tests.functions.waitlist.conftest import (
    PEOPLE,
    admit,
    all_wait,
    happen,
    leave,
    link,
    mailed,
    place_of,
    rounds,
)
from tests.racing import at_once
from waitlist import admit_next, admitting, queue

ANN, BEN, CAT, DAN = PEOPLE


def mailed_to() -> list[str]:
    return [each for each in PEOPLE if mailed(each)]


def test_the_mailed_code_is_the_one_that_opens_an_account_for_two_weeks() -> None:
    all_wait()
    admit(1)

    [values] = mailed(ANN)
    admission = table.get(keys.admission(invited.digest(ANN)), consistent=True)
    assert admission
    assert admission["code_digest"] == invited.digest(values["code"]["S"])
    assert len(values["code"]["S"]) >= 22  # 128 bits
    assert (
        timestamp(NOW + timedelta(days=14)) <= admission["expires_at"] < timestamp(NOW + timedelta(days=15))
    )


def test_the_same_event_many_times_at_once_admits_no_more() -> None:
    all_wait()
    admit(1)
    [round_id] = rounds()

    assert all(at_once(*[lambda: happen(admit_next.handler, round_id=round_id, version=1)] * 6))

    assert mailed_to() == [ANN]


def test_two_rounds_at_once_admit_the_sum() -> None:
    all_wait()
    made = [admitting.round_of(each, NOW, by="op") for each in (1, 2)]
    table.write(*map(table.put, made))

    at_once(*[lambda each=each: happen(admit_next.handler, round_id=each["id"], version=1) for each in made])
    for each in made:  # what did not get its turn is brought again by the queue
        assert happen(admit_next.handler, round_id=each["id"], version=1)

    assert mailed_to() == [ANN, BEN, CAT]
    assert place_of(DAN) == 1


def test_a_round_that_breaks_off_is_taken_up_where_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    all_wait()
    real, calls = admitting.admit, []

    def crashing(*given: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise MemoryError
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(admitting, "admit", crashing)
    item = admitting.round_of(3, NOW, by="op")
    table.write(table.put(item))

    assert not happen(admit_next.handler, round_id=item["id"], version=1)
    assert mailed_to() == [ANN]
    assert happen(admit_next.handler, round_id=item["id"], version=1)
    assert mailed_to() == [ANN, BEN, CAT]


def test_where_fewer_wait_nobody_who_comes_later_is_let_in_by_it() -> None:
    admit(5)
    [round_id] = rounds()
    all_wait()

    assert happen(admit_next.handler, round_id=round_id, version=1)
    assert mailed_to() == []


def test_whoever_left_a_moment_before_is_not_admitted() -> None:
    all_wait()
    ann = queue.first(1)[0]
    leave(link(ANN))

    with pytest.raises(ConditionFailed):
        admitting.admit(ann, "01ROUND", 0, NOW)
    assert mailed_to() == []


def test_a_round_that_is_gone_is_nothing_to_do() -> None:
    assert happen(admit_next.handler, round_id="01GONE", version=1)
