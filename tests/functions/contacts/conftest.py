"""Many contacts: so these tests do without HTTP between the code and moto; and a clock to set ahead."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from tests.faults.engine import Engine, engine

type Shift = Callable[[timedelta], None]


@pytest.fixture(autouse=True)
def quick_table(_table: None) -> Iterator[Engine]:
    with engine() as made:
        yield made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Shift:
    """Sets the clock so far ahead."""

    def shift(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + by)

    return shift
