"""Counts the calls of core.aws while they are carried out by DynamoDB Local, and the units that each uses.

The engine says what reads and single writes use. Of a transaction it says something wrong, and takes ten
writes at most (the limit of 2020; now it is 100). So a transaction is carried out write by write, once all
its conditions are known to hold, and each of its writes is charged as AWS charges it within a transaction:
the table's part of the units twice, an index's part once. That engine takes no empty strings either: a
control character stands for them in it.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.units import prices
from benchmarks.units.prices import Packed
from core import aws, keys, table
from core.aws import AwsError, Client

type Send = Callable[..., dict[str, Any]]
type Place = tuple[str, str]

_EMPTY, _STAND_IN = '{"S":""}', '{"S":"\\u0000"}'
_SINGLE = {"PutItem", "UpdateItem", "DeleteItem"}
_CHECKED_AT_ONCE = 10


class Call(NamedTuple):
    operation: str
    reads: float
    writes: float


class Meter:
    """What was called since `reset`, and each item that was written: as it was before, and as it is now."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._lock = threading.Lock()
        self.counting = False
        self.reset()

    def reset(self) -> None:
        self.calls: list[Call] = []
        self.before: dict[Place, Packed | None] = {}

    def call(self, client: Client, operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        if not self.counting:
            return self._send(client, operation, payload)
        if operation == "TransactWriteItems":
            return self._transaction(client, payload["TransactItems"])
        if operation in _SINGLE:
            return self._single(client, operation, payload)
        for request in payload.get("RequestItems", {}).get(table._name(), []):
            if operation == "BatchWriteItem":
                self._remember(client, next(iter(request.values())))
        answer = self._measured(client, operation, payload)
        self._count(operation, _used(answer, operation, payload))
        return answer

    def item(self, client: Client, place: Place) -> Packed | None:
        """As it is now; this read is not counted."""
        key = {keys.PK: {"S": place[0]}, keys.SK: {"S": place[1]}}
        request = {"TableName": table._name(), "Key": key, "ConsistentRead": True}
        return self._send(client, "GetItem", request).get("Item")

    def _single(self, client: Client, operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        before = self._remember(client, payload)
        try:
            answer = self._measured(client, operation, payload)
        except AwsError:  # a condition that does not hold costs what the write would on the table
            self._count(operation, (0, prices.write(before, None)))
            raise
        self._count(operation, (0, answer["ConsumedCapacity"]["CapacityUnits"]))
        return answer

    def _transaction(self, client: Client, writes: list[dict[str, Any]]) -> dict[str, Any]:
        try:
            self._check(client, writes)
        except AwsError:
            self._count("TransactWriteItems", (0, sum(self._refused(client, each) for each in writes)))
            raise
        units = sum(self._within(client, *pair) for each in writes for pair in each.items())
        self._count("TransactWriteItems", (0, units))
        return {}

    def _within(self, client: Client, kind: str, body: dict[str, Any]) -> float:
        if kind == "ConditionCheck":
            return prices.check(self.item(client, _place(body)))
        self._remember(client, body)
        plain = {name: value for name, value in body.items() if name != "ConditionExpression"}
        used = self._measured(client, f"{kind}Item", _only_used(plain))["ConsumedCapacity"]
        return float(used["CapacityUnits"] + used["Table"]["CapacityUnits"])

    def _check(self, client: Client, writes: list[dict[str, Any]]) -> None:
        """Raises what the whole transaction would, with the place of each reason in it."""
        reasons: list[dict[str, Any]] = [{"Code": "None"} for _ in writes]
        conditions = [(place, check) for place, each in enumerate(writes) if (check := _as_check(each))]
        for start in range(0, len(conditions), _CHECKED_AT_ONCE):
            some = conditions[start : start + _CHECKED_AT_ONCE]
            try:
                self._send(client, "TransactWriteItems", {"TransactItems": [check for _, check in some]})
            except AwsError as error:
                for (place, _), reason in zip(some, error.data["CancellationReasons"], strict=True):
                    reasons[place] = reason
        if any(each["Code"] != "None" for each in reasons):
            data = {"CancellationReasons": reasons}
            raise AwsError("TransactWriteItems", "TransactionCanceledException", 400, data)

    def _refused(self, client: Client, write: dict[str, Any]) -> float:
        """A cancelled transaction has cost what it would on the table, and nothing on the indexes."""
        [body] = write.values()
        return prices.check(max(self.item(client, _place(body)), body.get("Item"), key=prices.size))

    def _remember(self, client: Client, body: dict[str, Any]) -> Packed | None:
        place = _place(body)
        before = self.item(client, place)
        with self._lock:
            self.before.setdefault(place, before)
        return before

    def _measured(self, client: Client, operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        return self._send(client, operation, payload | {"ReturnConsumedCapacity": "INDEXES"})

    def _count(self, operation: str, units: tuple[float, float]) -> None:
        with self._lock:
            self.calls.append(Call(operation, *units))


@contextmanager
def metered() -> Iterator[Meter]:
    """All clients of this process go through it while the block lasts."""
    send, decode = Client.call, aws._document
    meter = Meter(send)

    def call(client: Client, operation: str, payload: dict[str, Any], **_: Any) -> dict[str, Any]:
        return meter.call(client, operation, payload)

    def compact(payload: Any) -> str:
        return json.dumps(payload, separators=(",", ":")).replace(_EMPTY, _STAND_IN)

    def document(answer: bytes) -> dict[str, Any] | None:
        return decode(answer.decode().replace(_STAND_IN, _EMPTY).encode())

    with (
        patch.object(Client, "call", call),
        patch.object(aws, "_compact", compact),
        patch.object(aws, "_document", document),
    ):
        yield meter


def _used(answer: dict[str, Any], operation: str, payload: dict[str, Any]) -> tuple[float, float]:
    consumed = answer.get("ConsumedCapacity", [])
    parts = consumed if isinstance(consumed, list) else [consumed]
    units = sum(each["CapacityUnits"] for each in parts)
    if operation == "BatchWriteItem":
        return 0, units
    # This engine charges nothing for a query that finds nothing; AWS the least there is.
    return units or prices.read_of_one(None, consistent=payload.get("ConsistentRead", False)), 0


def _place(body: dict[str, Any]) -> Place:
    key = body.get("Key") or body["Item"]
    return key[keys.PK]["S"], key[keys.SK]["S"]


def _as_check(write: dict[str, Any]) -> dict[str, Any] | None:
    [body] = write.values()
    if "ConditionExpression" not in body:
        return None
    key = {name: (body.get("Key") or body["Item"])[name] for name in (keys.PK, keys.SK)}
    kept = ("TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues")
    check = {name: body[name] for name in kept if name in body} | {"Key": key}
    check["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return {"ConditionCheck": _only_used(check)}


def _only_used(body: dict[str, Any]) -> dict[str, Any]:
    """Without the names and values that its expressions do not mention, which would be refused."""
    text = " ".join(value for name, value in body.items() if name.endswith("Expression")) + " "
    result = dict(body)
    for part in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        kept = {name: value for name, value in body.get(part, {}).items() if _mentions(text, name)}
        result.pop(part, None)
        result |= {part: kept} if kept else {}
    return result


def _mentions(text: str, name: str) -> bool:
    return any(not (after[:1].isalnum() or after[:1] == "_") for after in text.split(name)[1:])
