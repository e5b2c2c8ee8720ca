"""What the benchmarks find in the table, and what they ask."""

from collections import Counter

import pytest

from benchmarks.cold.functions import EVENTS
from benchmarks.environment import ENVIRONMENT
from benchmarks.requests import is_ordinary
from benchmarks.world import World
from core import table


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("SIGNING_SECRET", ENVIRONMENT["SIGNING_SECRET"])
    monkeypatch.setattr(table, "_name", lambda: "benchmark")
    return World(60)


def test_each_item_stands_there_once(world: World) -> None:
    places = Counter((each["pk"], each["sk"]) for each in world.items())
    assert [place for place, times in places.items() if times > 1] == []


def test_there_is_an_event_for_each_function(world: World) -> None:
    assert all(make(world) for make in EVENTS.values())


def test_what_a_function_mostly_answers_is_no_failure() -> None:
    assert is_ordinary("members.get_me", {"statusCode": 200})
    assert not is_ordinary("members.get_me", {"statusCode": 404})
    assert is_ordinary("pages.show_missing", {"statusCode": 404})
    assert not is_ordinary("pages.show_missing", {"statusCode": 200})
    assert not is_ordinary("tags.count_tags", {"batchItemFailures": [{"itemIdentifier": "1"}]})
