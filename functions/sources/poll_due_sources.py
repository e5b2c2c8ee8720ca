"""Every five minutes: an event for each source that is due, as many of one host as are good manners."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Any

import boto3

from core import clock, keys
from core.events import SourceChanged, Tick, subscriber
from core.table import Item
from sources import medium, polling, schedule

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

_AT_ONCE = 10  # of PutEvents
_OF_A_HOST, _OF_MEDIUM = 60, 10  # in five minutes
_MEDIUM_SECONDS = 3  # between two
_TRIES = 3


class BusRefuses(Exception):
    """Some were not told; the next run tells of them, for they are still due."""


@subscriber(Tick)
def handler(_: Tick) -> None:
    for some in batched(map(_event, _polite(clock.now())), _AT_ONCE, strict=False):
        _put(list(some))


def _polite(now: datetime) -> Iterator[tuple[Item, int]]:
    """Each with the seconds that it waits. Those that are too many for their host stay due."""
    told: Counter[str] = Counter()
    for shard in range(keys.POLL_SHARDS):
        for poll in schedule.due(shard, now):
            lane = poll.get("lane") or polling.lane(poll["feed_url"])
            place, is_medium = told[lane], lane == medium.LANE
            if place < (_OF_MEDIUM if is_medium else _OF_A_HOST):
                told[lane] += 1
                yield poll, place * _MEDIUM_SECONDS if is_medium else 0


def _event(due: tuple[Item, int]) -> Any:
    poll, seconds = due
    detail = {"source_id": poll["source_id"], "version": 0, "wait_seconds": seconds}
    told = {"Source": "polyfolio", "DetailType": SourceChanged.__name__, "Detail": json.dumps(detail)}
    return told | {"EventBusName": os.environ["BUS_NAME"]}


def _put(events: list[Any]) -> None:
    for _ in range(_TRIES):
        answer = _bus().put_events(Entries=events)
        events = [each for each, said in zip(events, answer["Entries"], strict=True) if "ErrorCode" in said]
        if not events:
            return
    raise BusRefuses(len(events))


@cache
def _bus() -> "EventBridgeClient":
    return boto3.client("events")
