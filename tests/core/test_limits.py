"""How often, however many come at once and wherever an hour ends."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from core import table
from core.errors import TooMany
from core.limits import Limit
from tests.racing import at_once

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FIVE = Limit("five", times=5, seconds=60)


@pytest.fixture(autouse=True)
def _table(empty_table: None) -> None:
    """Each test begins without tries."""


def passes(who: str = "ada", after: float = 0, limit: Limit = FIVE) -> bool:
    try:
        limit.spend(who, NOON + timedelta(seconds=after))
    except TooMany:
        return False
    return True


def test_so_many_and_no_more() -> None:
    assert [passes() for _ in range(7)] == [True] * 5 + [False] * 2


def test_each_has_their_own_and_each_limit_is_its_own() -> None:
    assert all(passes() for _ in range(5))
    assert passes("eve")
    assert passes(limit=Limit("other", times=1, seconds=60))


def test_the_span_ends_now_and_not_with_a_minute_of_the_clock() -> None:
    assert all(passes(after=50 + n) for n in range(5))
    assert not passes(after=60)
    assert not passes(after=109.9)
    assert [passes(after=110.001) for _ in range(2)] == [True, False]


def test_says_when_the_next_one_may_come() -> None:
    for seconds in (0, 10, 20, 30, 40):
        assert passes(after=seconds)

    with pytest.raises(TooMany) as refusal:
        FIVE.spend("ada", NOON + timedelta(seconds=45))

    assert refusal.value.headers == {"retry-after": "15"}
    assert "15 seconds" in refusal.value.detail
    assert passes(after=60)


def test_what_is_refused_does_not_count() -> None:
    assert all(passes() for _ in range(5))
    assert not any(passes(after=30) for _ in range(20))
    assert all(passes(after=60.001) for _ in range(5))


def test_of_64_at_once_exactly_so_many_pass() -> None:
    assert sum(at_once(*[passes] * 64)) == 5


def test_of_64_at_once_exactly_so_many_pass_where_all_former_tries_are_over() -> None:
    assert all(passes() for _ in range(5))

    assert sum(at_once(*[partial(passes, after=61)] * 64)) == 5


def test_the_table_holds_no_address_and_forgets() -> None:
    passes("ada@example.org")

    [item] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    assert "ada" not in str(item)
    assert int(item["ttl"]["N"]) == NOON.timestamp() + 60
