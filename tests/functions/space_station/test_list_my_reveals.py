from typing import Any

import pytest

from core import blind, keys, table
from core.handles import HIDDEN
from space_station import list_my_reveals
from tests.cloud import call
from tests.functions.conftest import NOW, Person, join


def reveals(me: Person, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = call(list_my_reveals.handler, user=me.id, query=query).json
        found += page["items"]
        if page["next"] is None:
            return found
        query["after"] = page["next"]


def test_the_latest_first_page_by_page(alice: Person) -> None:
    searchers = [join(f"searcher-{number}") for number in range(5)]
    for number, each in enumerate(searchers):
        table.write(blind.revealed(alice.id, each.id, NOW.replace(minute=number)))

    assert [each["handle"] for each in reveals(alice, limit=2)] == [
        each.handle for each in reversed(searchers)
    ]


def test_the_first_time_counts(alice: Person, bob: Person) -> None:
    for minute in (1, 2):
        table.write(blind.revealed(alice.id, bob.id, NOW.replace(minute=minute)))

    [only] = reveals(alice)
    assert only["at"].startswith("2026-11-23T09:01:12")


@pytest.mark.parametrize("how", ["gone", "hidden"])
def test_whoever_is_gone_has_no_name_any_more(alice: Person, bob: Person, how: str) -> None:
    table.write(blind.revealed(alice.id, bob.id, NOW))
    hidden = table.update(keys.member(bob.id), "SET visibility = :hidden", hidden=HIDDEN)
    table.write(table.delete(keys.member(bob.id)) if how == "gone" else hidden)

    [only] = reveals(alice)
    assert (only["member_id"], only["handle"], only["name"]) == (bob.id, None, None)


def test_are_ones_own(alice: Person, bob: Person) -> None:
    table.write(blind.revealed(alice.id, bob.id, NOW))

    assert reveals(bob) == []
