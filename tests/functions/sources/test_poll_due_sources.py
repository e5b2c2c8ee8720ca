"""Who is told of, when many are due."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core import keys, table
from sources import poll_due_sources
from tests.functions.previews.events import told

PAST = "2026-01-01T00:00:00.000Z"


class Bus:
    def __init__(self) -> None:
        self.events: list[Any] = []
        self.refuses = 0

    def put_events(self, Entries: list[Any]) -> Any:
        refused, self.refuses = self.refuses, 0
        self.events += Entries[refused:]
        return {"Entries": [{"ErrorCode": "no"}] * refused + [{}] * (len(Entries) - refused)}


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    made = Bus()
    monkeypatch.setenv("BUS_NAME", "bus")
    monkeypatch.setattr(poll_due_sources, "_bus", lambda: made)
    return made


def due(number: int, host: str, when: str = PAST) -> str:
    source_id = f"01M8Z3Q0E8T5V6W7X9YAB{number:05}"
    poll = {"source_id": source_id, "feed_url": f"https://{host}/{number}", "next_at": when}
    table.write(table.put(keys.poll(source_id)._asdict() | poll | keys.poll_due(when, source_id)))
    return source_id


def test_all_that_are_due_are_told_of_and_no_others(bus: Bus) -> None:
    wanted = {due(number, f"{number}.example") for number in range(25)}
    due(99, "later.example", datetime.now(UTC).replace(year=2100).isoformat())

    assert told(poll_due_sources.handler, {}) == []

    assert {each["Detail"].partition('": "')[2][:26] for each in bus.events} == wanted


def test_of_one_host_not_all_at_once_and_of_medium_one_after_the_other(bus: Bus) -> None:
    for number in range(70):
        due(number, "medium.com")
    for number in range(100, 170):
        due(number, "blog.example")

    assert told(poll_due_sources.handler, {}) == []

    waits = [int(each["Detail"].rpartition(" ")[2].rstrip("}")) for each in bus.events]
    assert sorted(wait for wait in waits if wait) == list(range(3, 30, 3))
    assert len(waits) == 70


def test_an_event_that_the_bus_refuses_is_told_again(bus: Bus) -> None:
    for number in range(3):
        due(number, f"{number}.example")
    bus.refuses = 2

    assert told(poll_due_sources.handler, {}) == []
    assert len(bus.events) == 3
