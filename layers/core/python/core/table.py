"""The one table: every entity, its keys, and the questions that each key answers.

Entity        pk                          sk             answers
Admission     ADMISSION#<address digest>  ADMISSION      may this address open an account?
Handle        HANDLE#<skeleton>           HANDLE         whose is this handle? is one like it taken?
Member        MEMBER#<member>             PROFILE        a profile
Year counts   MEMBER#<member>             YEARS#<facet>  how many highlights in each year and month
Highlight     HIGHLIGHT#<highlight>       HIGHLIGHT      a highlight: the fact
Entry         TIMELINE#<member>#<facet>   <when>#<id>    a timeline or a year of it, whole or by one facet
Counted       HIGHLIGHT#<highlight>       COUNTED#<m>    what a member's year counts hold of this highlight
Shared        HIGHLIGHT#<highlight>       SHARED#<m>     which entries a collaborator's timeline has of it
Tagged        HIGHLIGHT#<highlight>       TAGGED         what the tag counts hold of this highlight
Unranked      HIGHLIGHT#<highlight>       UNRANKED       tags that it changed the counts of, not the ranks yet
Tag           TAG#<tag>                   COUNT          how often a tag is used
Tag use       TAG#<tag>                   <highlight>    the latest highlights with a tag: what goes with it
Tag rank      TAGS#<prefix>               <tag>          tags that begin so, most used first (by gsi1)
Answer        ONCE#<caller>#<key>         ONCE           what a repeated POST was answered
Limit         LIMIT#<name>#<who>          LIMIT          when somebody lately tried something

An entry is a copy of its highlight, written in the same transaction as the fact. Two sparse indexes hold
it for as long as an audience may see it, so that who reads decides which index is read and no filter can
be forgotten:

              gsi1pk, gsi1sk  entries of public highlights (of Tag rank: <prefix>, <rank>)
              gsi2pk, gsi2sk  entries of all but drafts (for signed-in members)

An entry on a collaborator's timeline is a pointer without a copy: the reader resolves it from the fact.
A facet is "all" or one value of one property: `tag:python`, `badge:barista`, `kind:job`, `under:<id>`,
`pinned`, `draft`.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from core.aws import AwsError, Client

PK, SK, TTL = "pk", "sk", "ttl"
INDEXES = {"gsi1": ("gsi1pk", "gsi1sk"), "gsi2": ("gsi2pk", "gsi2sk")}

type Item = dict[str, Any]
type Write = dict[str, dict[str, Any]]


class Key(NamedTuple):
    pk: str
    sk: str


def admission_key(address_digest: str) -> Key:
    return Key(f"ADMISSION#{address_digest}", "ADMISSION")


def handle_key(skeleton: str) -> Key:
    return Key(f"HANDLE#{skeleton}", "HANDLE")


def member_key(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "PROFILE")


def years_key(member_id: str, facet: str) -> Key:
    return Key(f"MEMBER#{member_id}", f"YEARS#{facet}")


def highlight_key(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "HIGHLIGHT")


def entry_key(member_id: str, facet: str, when: str, highlight_id: str) -> Key:
    """`when` is the sort form of a date, see `dates.sort_key`."""
    return Key(f"TIMELINE#{member_id}#{facet}", f"{when}#{highlight_id}")


def counted_key(highlight_id: str, member_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", f"COUNTED#{member_id}")


def shared_key(highlight_id: str, member_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", f"SHARED#{member_id}")


def tagged_key(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "TAGGED")


def unranked_key(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "UNRANKED")


def tag_key(tag: str) -> Key:
    return Key(f"TAG#{tag}", "COUNT")


def tag_use_key(tag: str, highlight_id: str) -> Key:
    return Key(f"TAG#{tag}", highlight_id)


def tag_rank_key(prefix: str, tag: str) -> Key:
    return Key(f"TAGS#{prefix}", tag)


def answer_key(caller: str, key: str) -> Key:
    return Key(f"ONCE#{caller}#{key}", "ONCE")


def limit_key(name: str, digest: str) -> Key:
    return Key(f"LIMIT#{name}#{digest}", "LIMIT")


def is_derived(item: Item) -> bool:
    """Whether an item follows from facts: a rebuild drops these, and makes them anew."""
    by_pk = item[PK].startswith(("TAG#", "TAGS#"))
    by_sk = item[SK].startswith(("YEARS#", "COUNTED#", "SHARED#", "TAGGED", "UNRANKED"))
    return by_pk or by_sk or "shared" in item


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


def get_many(keys: Iterable[Key]) -> list[Item]:
    """At most 100 items, in no order; the missing are left out."""
    wanted: Any = [_packed(key._asdict()) for key in dict.fromkeys(keys)]
    items: list[Item] = []
    while wanted:
        answer = dynamodb.call("BatchGetItem", {"RequestItems": {_name(): {"Keys": wanted}}})
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
    only: str = "",
    consistent: bool = False,
    **values: Any,
) -> tuple[list[Item], Key | None]:
    """At most `limit` items of one partition in the order of its sort key, and where to go on (or None).

    `between` bounds the sort key, both ends included. `only` filters what was read: then a page can be
    short, or empty, though there is more.
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
        place = after._asdict() | ({pk_name: after.pk, sk_name: after.sk} if index else {})
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
