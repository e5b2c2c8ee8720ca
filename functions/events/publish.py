"""The stream of the table becomes events on the bus: here alone facts turn into what follows from them."""

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from core import keys
from core.events import said_of

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

_SOURCE = "polyfolio"
_ENTRIES_PER_CALL = 10  # the limit of PutEvents
_TRIES = 3

type Record = dict[str, Any]

logger = Logger(location=None)
metrics = Metrics()


def handler(batch: dict[str, list[Record]], _context: Any) -> dict[str, list[Any]]:
    """Never raises for one record, which would hold up its whole shard: what cannot be said is parked."""
    events = [(record, event) for record in batch["Records"] if (event := _event(record))]
    for start in range(0, len(events), _ENTRIES_PER_CALL):
        _put(events[start : start + _ENTRIES_PER_CALL])
    metrics.add_metric("Published", MetricUnit.Count, len(events))
    metrics.flush_metrics()
    return {"batchItemFailures": []}


def _event(record: Record) -> dict[str, str] | None:
    """The event that a change of a fact means (ids only: facts stay in the table); None: it is no fact."""
    try:
        image = record["dynamodb"].get("NewImage") or record["dynamodb"]["OldImage"]
        name = keys.FACTS.get(image["sk"]["S"])
        if name is None:
            return None
        detail = {f"{name}_id": image["id"]["S"], "version": int(image["version"]["N"])}
        if owner := image.get("member_id", {}).get("S"):  # of what is gone nobody could find out any more
            detail |= {"member_id": owner}
    except (AttributeError, KeyError, TypeError, ValueError):
        logger.exception("not understood", event_id=record.get("eventID"))
        _park(record)
        return None
    return {"Source": _SOURCE, "DetailType": said_of(name), "Detail": json.dumps(detail)} | _bus()


def _put(events: list[tuple[Record, dict[str, str]]]) -> None:
    for _ in range(_TRIES):
        entries: Any = [event for _, event in events]
        answer = _events().put_events(Entries=entries)
        events = [each for each, entry in zip(events, answer["Entries"], strict=True) if "ErrorCode" in entry]
        if not events:
            return
    for record, _ in events:
        _park(record)


def _park(record: Record) -> None:
    """Aside for an operator, whole; an alarm watches this queue."""
    logger.error("parked", event_id=record.get("eventID"))
    _queues().send_message(
        QueueUrl=os.environ["PARKING_QUEUE_URL"], MessageBody=json.dumps(record, default=str)
    )


def _bus() -> dict[str, str]:
    return {"EventBusName": os.environ["BUS_NAME"]}


@cache
def _events() -> "EventBridgeClient":
    return boto3.client("events")


@cache
def _queues() -> "SQSClient":
    return boto3.client("sqs")
