"""The one table: how it is read and written. What stands in it, and where, says core/keys."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from core.aws import AwsError, Client
from core.keys import INDEXES, PK, SK, Key

type Item = dict[str, Any]
type Write = dict[str, dict[str, Any]]


class ConditionFailed(Exception):
    """One or more writes did not hold. `found`: their places, and the item that stood there (or None)."""

    def __init__(self, found: dict[int, Item | None]) -> None:
        super().__init__(f"conditions {sorted(found)} failed")
        self.found = found


dynamodb = Client("dynamodb", target="DynamoDB_20120810", version="1.0")
if "AWS_LAMBDA_RUNTIME_API" in os.environ:
    dynamodb.connect()  # initialising is done at full speed, the first request at a fraction of it


# Writes are made by put, update, delete and check, and carried out by `write`. In their expressions
# `#name` stands for the attribute of that name and `:name` for the keyword argument of that name.


def put(item: Item, only_if: str = "", **values: Any) -> Write:
    return _write("Put", {"Item": _packed(item)}, values, ConditionExpression=only_if)


def update(key: Key, change: str, only_if: str = "", **values: Any) -> Write:
    where = {"Key": _packed(key._asdict())}
    return _write("Update", where, values, UpdateExpression=change, ConditionExpression=only_if)


def delete(key: Key, only_if: str = "", **values: Any) -> Write:
    return _write("Delete", {"Key": _packed(key._asdict())}, values, ConditionExpression=only_if)


def check(key: Key, only_if: str, **values: Any) -> Write:
    return _write("ConditionCheck", {"Key": _packed(key._asdict())}, values, ConditionExpression=only_if)


def write(*writes: Write) -> None:
    """All of them or none (at most 100). Raises ConditionFailed; a lost answer is asked for again safely."""
    try:
        if len(writes) == 1 and "ConditionCheck" not in writes[0]:
            [(kind, body)] = writes[0].items()
            dynamodb.call(f"{kind}Item", body)
        else:
            dynamodb.call("TransactWriteItems", {"TransactItems": writes})
    except AwsError as error:
        _raise_unless_ours(error, writes)


def get(key: Key, *, consistent: bool = False) -> Item | None:
    request = {"TableName": _name(), "Key": _packed(key._asdict()), "ConsistentRead": consistent}
    answer = dynamodb.call("GetItem", request)
    return _unpacked(answer["Item"]) if "Item" in answer else None


def get_many(keys: Iterable[Key], *, consistent: bool = False) -> list[Item]:
    """At most 100 items, in no order; the missing are left out."""
    wanted: Any = [_packed(key._asdict()) for key in dict.fromkeys(keys)]
    items: list[Item] = []
    while wanted:
        asked = {"Keys": wanted} | ({"ConsistentRead": True} if consistent else {})
        answer = dynamodb.call("BatchGetItem", {"RequestItems": {_name(): asked}})
        items += map(_unpacked, answer["Responses"].get(_name(), []))
        wanted = answer.get("UnprocessedKeys", {}).get(_name(), {}).get("Keys")
    return items


def write_many(puts: Iterable[Item], deletes: Iterable[Key] = ()) -> None:
    """Any number of writes that are no transaction: derived items, which can be written twice."""
    requests: list[Any] = [{"PutRequest": {"Item": _packed(item)}} for item in puts]
    requests += [{"DeleteRequest": {"Key": _packed(key._asdict())}} for key in deletes]
    while requests:
        batch, requests = requests[:25], requests[25:]
        answer = dynamodb.call("BatchWriteItem", {"RequestItems": {_name(): batch}})
        requests += answer.get("UnprocessedItems", {}).get(_name(), [])


def query(
    pk: str,
    between: tuple[str, str] | None = None,
    *,
    index: str | None = None,
    limit: int,
    newest_first: bool = False,
    after: Key | None = None,
    item: Key | None = None,
    only: str = "",
    consistent: bool = False,
    **values: Any,
) -> tuple[list[Item], Key | None]:
    """At most `limit` items of one partition in the order of its sort key, and where to go on (or None).

    `between` bounds the sort key, both ends included. `after` is a place in what is read, and `item` the key
    in the table of what stands there, which can be another in an index. `only` filters what was read: then a
    page can be short, or empty, though there is more.
    """
    pk_name, sk_name = INDEXES[index] if index else (PK, SK)
    bounds = {"low": between[0], "high": between[1]} if between else {}
    condition = f"#{pk_name} = :pk" + (f" AND #{sk_name} BETWEEN :low AND :high" if between else "")
    request = {"TableName": _name(), "ScanIndexForward": not newest_first, "Limit": limit}
    request |= _expression(
        {"pk": pk} | bounds | values, KeyConditionExpression=condition, FilterExpression=only
    )
    if index:
        request["IndexName"] = index
    else:
        request["ConsistentRead"] = consistent
    if after:
        place = (item or after)._asdict() | ({pk_name: after.pk, sk_name: after.sk} if index else {})
        request["ExclusiveStartKey"] = _packed(place)
    answer = dynamodb.call("Query", request)
    last = _unpacked(answer.get("LastEvaluatedKey", {}))
    return [_unpacked(item) for item in answer["Items"]], Key(last[PK], last[SK]) if last else None


@cache
def _name() -> str:
    return os.environ["TABLE_NAME"]


def _write(kind: str, what: Item, values: Mapping[str, Any], **expressions: str) -> Write:
    """With what is needed to tell a failed condition from a lost answer: the item that stood there."""
    told = {"TableName": _name(), "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    return {kind: told | what | _expression(values, **expressions)}


def _expression(values: Mapping[str, Any], **expressions: str) -> dict[str, Any]:
    used = {name: text for name, text in expressions.items() if text}
    names = set(re.findall(r"#\w+", " ".join(used.values())))
    body: dict[str, Any] = dict(used)
    if names:
        body["ExpressionAttributeNames"] = {name: name[1:] for name in names}
    if values:
        body["ExpressionAttributeValues"] = {f":{name}": _pack(value) for name, value in values.items()}
    return body


def _raise_unless_ours(error: AwsError, writes: Sequence[Write]) -> None:
    """A failed condition as such. A put that finds just what it puts was ours: only its answer was lost."""
    if error.code == "ConditionalCheckFailedException":
        old = [error.data.get("Item")]
        failed = {0}
    elif error.code == "TransactionCanceledException":
        reasons = error.data["CancellationReasons"]
        old = [reason.get("Item") for reason in reasons]
        failed = {place for place, each in enumerate(reasons) if each["Code"] == "ConditionalCheckFailed"}
    else:
        raise error
    if not failed:
        raise error
    if len(writes) == 1 and old[0] and old[0] == writes[0].get("Put", {}).get("Item"):
        return
    raise ConditionFailed({place: _unpacked(old[place] or {}) or None for place in failed})


def _packed(item: Mapping[str, Any]) -> Item:
    return {name: _pack(value) for name, value in item.items() if value is not None}


def _pack(value: Any) -> Item:
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int():
            return {"N": str(value)}
        case None:
            return {"NULL": True}
        case Mapping():
            return {"M": _packed(value)}
        case _:
            return {"L": [_pack(each) for each in value]}


def _unpacked(item: Item) -> Item:
    return {name: _unpack(value) for name, value in item.items()}


def _unpack(typed: Item) -> Any:
    [(kind, value)] = typed.items()
    match kind:
        case "N":
            return int(value)
        case "M":
            return _unpacked(value)
        case "L":
            return [_unpack(each) for each in value]
        case "NULL":
            return None
        case _:
            return value
