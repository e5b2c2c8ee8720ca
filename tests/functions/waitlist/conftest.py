"""The people who wait: ann, ben, cat and dan, in this order."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from time_machine import travel

from core import table
from tests.cloud import Answer, call
from tests.functions.conftest import NOW
from waitlist import admit_from_waitlist, admit_next, confirm_place, leave_waitlist, pass_on_places, place

PEOPLE = ("ann@example.org", "ben@example.org", "cat@example.org", "dan@example.org")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """When the links of these tests are sent: they age."""
    with travel(NOW, tick=True):
        yield


def link(address: str, sent_at: datetime = NOW) -> str:
    return place.link(address, sent_at)


def confirm(token: str) -> Answer:
    return call(confirm_place.handler, body={"token": token})


def leave(token: str) -> Answer:
    return call(leave_waitlist.handler, body={"token": token})


def all_wait() -> None:
    for each in PEOPLE:
        assert confirm(link(each)).json["state"] == "waiting"


def place_of(address: str) -> int | None:
    found: int | None = confirm(link(address)).json["place"]
    return found


def happen(handler: Any, **detail: Any) -> bool:
    """What the event leads to; whether the queue is done with it."""
    record = {"messageId": "1", "body": json.dumps({"detail": detail})}
    return not handler({"Records": [record]}, None)["batchItemFailures"]


def admit(count: int, operator: str = "01OPERATOR", **headers: str) -> Answer:
    """The answer, once all that follows has been done."""
    answer = call(
        admit_from_waitlist.handler,
        user=operator,
        claims={"cognito:groups": "[operators]"},
        body={"count": count},
        headers=headers,
    )
    if answer.status == 202:
        assert happen(admit_next.handler, round_id=answer.json["id"], version=1)
    return answer


def hand_on() -> None:
    """The schedule, and the rounds that it makes."""
    before = rounds()
    assert happen(pass_on_places.handler)
    for each in rounds() - before:
        assert happen(admit_next.handler, round_id=each, version=1)


def rounds() -> set[str]:
    return {item["id"]["S"] for item in stored() if item["sk"]["S"] == "ROUND"}


def mailed(address: str, kind: str = "admission") -> list[dict[str, Any]]:
    """What is wanted to be mailed."""
    return [
        item["values"]["M"]
        for item in stored()
        if item["sk"]["S"] == "MAIL" and item["to"]["S"] == address and item["kind"]["S"] == kind
    ]


def stored() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return items
