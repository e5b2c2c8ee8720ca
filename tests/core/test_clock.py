import re
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock

MILLISECONDS = st.integers(0, 2**48 - 1)


def test_a_timestamp_is_utc_to_the_millisecond() -> None:
    there = datetime(2026, 11, 23, 9, 48, 12, 123_999, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert clock.timestamp(there) == "2026-11-23T04:18:12.123Z"
    assert clock.timestamp(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


@given(st.lists(st.datetimes(datetime(1000, 1, 2), timezones=st.just(UTC)), min_size=2))  # noqa: DTZ001
def test_timestamps_sort_as_their_times_do(times: list[datetime]) -> None:
    times = [each.replace(microsecond=each.microsecond // 1000 * 1000) for each in times]

    assert sorted(map(clock.timestamp, times)) == [clock.timestamp(each) for each in sorted(times)]


def test_it_is_now() -> None:
    assert abs(clock.now().timestamp() - time.time()) < 5


@given(st.lists(MILLISECONDS, min_size=2, unique=True))
def test_ids_sort_by_time_and_match_their_pattern(times: list[int]) -> None:
    ids = [id_at(each) for each in sorted(times)]

    assert ids == sorted(ids)
    assert all(re.fullmatch(clock.ID_PATTERN, each) for each in ids)


@given(MILLISECONDS)
def test_an_id_tells_its_time_as_ulids_do(when: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    told = 0
    for char in id_at(when)[:10]:
        told = told * 32 + alphabet.index(char)

    assert told == when


def test_ids_of_one_moment_differ() -> None:
    assert len({id_at(0) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("wrong", ["", "01ARZ3NDEKTSV4RRFFQ69G5FA", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "x" * 26])
def test_the_pattern_takes_nothing_else(wrong: str) -> None:
    assert not re.fullmatch(clock.ID_PATTERN, wrong)


def id_at(milliseconds: int) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: milliseconds * 1_000_000)
        return clock.new_id()
