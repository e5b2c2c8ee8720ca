"""DynamoDB for tests that write much: moto without HTTP, one request at a time, and with faults on demand.

What goes wrong is told by `fault`: it is asked before each write is carried out, and after it.
"""

import copy
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast
from unittest.mock import patch

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.exceptions import DynamodbException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from core import keys, table
from core.aws import AwsError

_REGION = "us-east-1"


class Engine:
    """Stands where `table.dynamodb` does; behind it are the tables of the moto server of this process."""

    def __init__(self) -> None:
        self.fault: Callable[[str], None] = lambda _moment: None
        self.watch: Callable[[str, dict[str, Any]], None] = lambda _operation, _payload: None
        self._one_by_one = threading.RLock()

    @contextmanager
    def faulty(self, fault: Callable[[str], None]) -> Iterator[None]:
        self.fault, before = fault, self.fault
        try:
            yield
        finally:
            self.fault = before

    def call(self, operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        is_write = "Write" in operation or operation in ("PutItem", "UpdateItem", "DeleteItem")
        self.watch(operation, payload)
        _check_start(operation, payload)
        with self._one_by_one:
            if is_write:
                self.fault("before")
            answer = _answer(operation, json.loads(json.dumps(payload)))
            if is_write:
                self.fault("after")
        return answer


@contextmanager
def engine() -> Iterator[Engine]:
    made = Engine()
    with patch.object(table, "dynamodb", made), _quick_transactions(), _quick_order():
        yield made


@contextmanager
def _quick_transactions() -> Iterator[None]:
    """Moto copies the whole table before each transaction, to put it back; here only what is touched."""
    whole = DynamoDBBackend.transact_write_items

    def transact(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        before = [_taken_out(self, *each.values()) for each in transact_items]
        try:
            whole(self, transact_items)
        except Exception:
            for items, sk, item in reversed(before):
                items.pop(sk, None)
                if item is not None:
                    items[sk] = item
            raise

    with (
        patch.object(DynamoDBBackend, "transact_write_items", transact),
        patch.object(Table, "__deepcopy__", lambda self, _memo: self, create=True),
    ):
        yield


@contextmanager
def _quick_order() -> Iterator[None]:
    """Moto sorts the whole table for each query of an index, by keys that it looks at again and again."""

    def all_items(self: Table) -> list[Item]:
        items = [item for of_pk in self.items.values() for item in of_pk.values()]
        return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value))

    whole = vars(DynamoType)["cast_value"].fget
    quick = property(lambda typed: typed.value if typed.type == "S" else whole(typed))
    with patch.object(Table, "all_items", all_items), patch.object(DynamoType, "cast_value", quick):
        yield


def _check_start(operation: str, payload: dict[str, Any]) -> None:
    """DynamoDB refuses to start outside of the range that is asked for; moto does not."""
    values = payload.get("ExpressionAttributeValues", {})
    if "ExclusiveStartKey" in payload and ":low" in values:
        start = payload["ExclusiveStartKey"][keys.SK]["S"]
        if not values[":low"]["S"] <= start <= values[":high"]["S"]:
            raise AwsError(operation, "ValidationException", 400)


def _answer(operation: str, payload: dict[str, Any]) -> dict[str, Any]:
    handler = DynamoHandler()
    handler.current_account, handler.region, handler.body = DEFAULT_ACCOUNT_ID, _REGION, payload
    try:
        result = getattr(handler, re.sub("(?<!^)(?=[A-Z])", "_", operation).lower())()
    except DynamodbException as refusal:
        data = json.loads(refusal.description)
        raise AwsError(operation, data["__type"].partition("#")[2], 400, data) from None
    return cast(dict[str, Any], result.result)


def _taken_out(backend: DynamoDBBackend, request: dict[str, Any]) -> tuple[dict[Any, Any], Any, Any]:
    """Where an item stands, and itself; a copy takes its place, for moto changes items as they stand."""
    key = request.get("Key") or request["Item"]
    items = backend.get_table(request["TableName"]).items[DynamoType(key[keys.PK])]
    sk = DynamoType(key[keys.SK])
    item = items.get(sk)
    if item is not None:
        items[sk] = copy.deepcopy(item)
    return items, sk, item
