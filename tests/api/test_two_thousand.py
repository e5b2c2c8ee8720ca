"""Two thousand members in the local cloud: a search finds those whom a plain scan of all facts finds.

They have a table of their own: told over the stream, so many facts would keep the queues of all other tests
busy for a quarter of an hour. Its index is made by the effects themselves, called as their queues would; what
they write is written in batches.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core import clock, keys, standing, table
from core.handles import HIDDEN
from core.table import Item
from infra.local.deploy import client
from members import edit_me
from space_station import place_member, place_works, search_space_station
from tests.api import crowd
from tests.api.conftest import Deployed
from tests.api.crowd import Crowd, Query
from tests.api.gathering import gathered
from tests.cloud import call, create_table

_SIZE = 2_000
SEARCHER = clock.new_id()


@pytest.fixture(scope="module")
def members(deployed: Deployed) -> Iterator[Crowd]:
    made = Crowd(_SIZE, seed=6, searcher=SEARCHER)
    name = f"two-thousand-{secrets.token_hex(4)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLE_NAME", name)
        patch.setenv("SIGNING_SECRET", "of the two thousand")
        table._name.cache_clear()
        standing.forget()
        create_table(table.dynamodb, name)
        try:
            with gathered():
                table.write_many(list(made.facts()))
                _place(made)
            yield made
        finally:
            table._name.cache_clear()
            standing.forget()
            table.dynamodb.close()
            client(deployed.cloud, "dynamodb").delete_table(TableName=name)


def _place(made: Crowd) -> None:
    tell(place_member.handler, [{"member_id": each["id"]} for each in made.members])
    tell(place_works.handler, [{"highlight_id": each["id"]} for each in made.highlights])


def tell(effect: Callable[..., Any], details: list[dict[str, str]]) -> None:
    bodies = [json.dumps({"detail": each | {"version": 1}}) for each in details]
    records = [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]
    assert effect({"Records": records}, None) == {"batchItemFailures": []}


def found(searcher: str | None, query: Query) -> list[str]:
    """Of all pages."""
    handles: list[str] = []
    after: dict[str, str] = {}
    while True:
        asked = query | {"limit": 100} | after
        page = call(search_space_station.handler, user=searcher, public=searcher is None, query=asked)
        assert page.status == 200, page
        handles += [each["handle"] for each in page.json["items"]]
        if page.json["next"] is None:
            return handles
        after = {"after": page.json["next"]}


def facts() -> list[Item]:
    """All items of the table that are facts, read one after the other."""
    kept: list[Item] = []
    start: dict[str, Any] = {}
    while True:
        answer = table.dynamodb.call("Scan", {"TableName": table._name()} | start)
        items = map(table._unpacked, answer["Items"])
        kept += [each for each in items if each[keys.SK] in ("PROFILE", "HIGHLIGHT", "FOLLOW")]
        if "LastEvaluatedKey" not in answer:
            return kept
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


@pytest.mark.parametrize(("filters", "searches"), [(0, 1), (1, 10), (2, 15), (5, 15)])
def test_a_search_finds_whom_a_plain_scan_finds(members: Crowd, filters: int, searches: int) -> None:
    known = facts()
    sizes = []

    for query in members.queries(searches, filters):
        for searcher in (SEARCHER, None):
            wanted = crowd.scan(known, query, searcher=searcher)
            met = found(searcher, query)
            assert len(met) == len({*met}), query
            assert {*met} == wanted, query
            sizes.append(len(met))

    assert any(sizes)


def test_a_change_of_profile_is_found_within_five_seconds(members: Crowd) -> None:
    one = next(each for each in members.members if crowd.is_there(each, SEARCHER))
    began = time.monotonic()

    changed = call(edit_me.handler, user=one["id"], body={"location": "Ushuaia, Argentina"})
    tell(place_member.handler, [{"member_id": one["id"]}])

    assert (changed.status, found(SEARCHER, {"place": "ushuaia"})) == (200, [one["handle"]])
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("how", ["hides", "is shut out", "is deleted"])
def test_who_hides_or_is_gone_is_in_no_search(members: Crowd, how: str) -> None:
    seen = found(SEARCHER, {})
    one = next(each for each in members.members if each["handle"] in seen and each["open_to"])
    searches: list[Query] = [
        *({}, {"open_to": one["open_to"][0]["activity"]}),
        {"place": one["location"].partition(", ")[0].lower()},
    ]

    if how == "hides":
        assert call(edit_me.handler, user=one["id"], body={"in_space_station": False}).status == 200
    elif how == "is shut out":
        change = "SET visibility = :hidden, version = version + :one"
        table.write(table.update(keys.member(one["id"]), change, hidden=HIDDEN, one=1))
    else:
        table.write(table.delete(keys.member(one["id"])))
    tell(place_member.handler, [{"member_id": one["id"]}])

    for query in searches:
        for searcher in (SEARCHER, None):
            assert one["handle"] not in found(searcher, query)
