from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts import continue_departures, departures
from core import clock, keys, table
from tests.functions.conftest import NOW, Person

TICK = {"Records": [{"messageId": "1", "body": '{"detail": {}}'}]}


def tick(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    assert continue_departures.handler(TICK, None) == {"batchItemFailures": []}


def fact(of: Person) -> dict[str, Any]:
    return table.get(keys.departure(of.id)) or {}


def test_erasers_run_again_after_a_quarter_of_an_hour_an_hour_and_a_day(
    monkeypatch: pytest.MonkeyPatch, alice: Person
) -> None:
    departures.leave(alice.id, NOW)
    versions = []
    for minutes in (14, 15, 16, 75, 76, 77, 26 * 60, 27 * 60, 9999):
        tick(monkeypatch, NOW + timedelta(minutes=minutes))
        versions.append(fact(alice)["version"])

    assert versions == [1, 2, 2, 3, 3, 3, 4, 4, 4]
    assert "gsi1pk" not in fact(alice)


def test_what_an_eraser_asked_for_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch, alice: Person) -> None:
    departures.leave(alice.id, NOW)
    table.write(table.update(keys.departure(alice.id), "ADD version :one", one=1))

    tick(monkeypatch, NOW + timedelta(hours=1))

    assert fact(alice)["version"] == 3
    assert fact(alice)["id"] == alice.id
