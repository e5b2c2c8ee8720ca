import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import keys, standing, table
from core.clock import new_id
from core.errors import Unauthenticated

NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("empty_table")


def is_good(member_id: str, session: str = "here", seconds: float = -60) -> bool:
    """A token of that session, issued so many seconds after NOW."""
    issued = int((NOW + timedelta(seconds=seconds)).timestamp())
    try:
        standing.check(member_id, [session], {"iat": str(issued)})
    except Unauthenticated:
        return False
    return True


def end(member_id: str, now: datetime = NOW, **which: Any) -> None:
    table.write(standing.ended(member_id, now, **which))
    standing.forget()


@pytest.fixture
def me() -> str:
    return new_id()


def stored(member_id: str) -> int:
    return len(table.get(keys.standing(member_id)) or {}) - len(("pk", "sk"))


def test_a_token_is_good_until_something_ends_it(me: str) -> None:
    assert is_good(me)
    standing.forget()

    end(me)

    assert not is_good(me)


def test_others_of_the_same_shard_go_on(me: str) -> None:
    other = new_id()[:-1] + me[-1]

    end(me)

    assert keys.standing(me) == keys.standing(other)
    assert is_good(other)


def test_who_signs_in_when_the_second_is_over_is_let_in(me: str) -> None:
    end(me)

    assert [is_good(me, seconds=each) for each in (-2, 0, 1)] == [False, False, True]


def test_one_session_ends_alone(me: str) -> None:
    end(me, session="here")

    assert (is_good(me, "here"), is_good(me, "elsewhere")) == (False, True)


def test_all_but_one_session_end(me: str) -> None:
    end(me, but="here")

    assert (is_good(me, "here"), is_good(me, "elsewhere")) == (True, False)


def test_what_ends_later_does_not_open_what_ended_before(me: str) -> None:
    end(me, session="here")
    end(me, but="here")

    assert not any(is_good(me, each) for each in ("here", "elsewhere"))


def test_a_token_that_does_not_say_when_it_was_issued_is_refused(me: str) -> None:
    end(me)

    with pytest.raises(Unauthenticated):
        standing.check(me, [], {})


def test_a_process_asks_again_after_half_a_minute(me: str, monkeypatch: pytest.MonkeyPatch) -> None:
    began = 1_800_000_000.0
    monkeypatch.setattr(time, "time", lambda: began)
    assert is_good(me)
    table.write(standing.ended(me, NOW))

    monkeypatch.setattr(time, "time", lambda: began + 29)
    still = is_good(me)
    monkeypatch.setattr(time, "time", lambda: began + 30)

    assert (still, is_good(me)) == (True, False)


def test_a_clock_that_was_put_back_holds_nothing_up(me: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)
    assert is_good(me)
    table.write(standing.ended(me, NOW))

    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)

    assert not is_good(me)


def test_the_next_writer_drops_what_is_older_than_any_token(me: str) -> None:
    other = new_id()[:-1] + me[-1]
    end(me)
    end(me, NOW + timedelta(minutes=59))
    assert stored(me) == 2

    end(other, NOW + timedelta(minutes=61))

    assert stored(me) == 2
    assert not is_good(me, seconds=58 * 60)
    assert is_good(me, seconds=60 * 60)


def test_two_writers_who_have_read_the_same_lose_nothing(me: str) -> None:
    other = new_id()[:-1] + me[-1]
    end(me)
    later = NOW + timedelta(hours=2)

    table.write(*(standing.ended(each, later) for each in (me,)))
    writes = [standing.ended(me, later + timedelta(hours=2)), standing.ended(other, later)]
    for each in writes:
        table.write(each)
    standing.forget()

    assert not is_good(other)
    assert not is_good(me, seconds=3600)


def test_however_many_there_are_an_expression_stays_short_enough(me: str) -> None:
    for number in range(105):
        table.write(standing.ended(me, NOW, session=str(number)))

    for _ in range(2):
        end(me, NOW + timedelta(hours=2))

    assert stored(me) == 2
