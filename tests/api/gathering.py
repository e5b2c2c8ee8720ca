"""Takes what effects write, and writes it in batches: thousands of transactions would take minutes."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any
from unittest.mock import patch

from core import keys, table

type Packed = dict[str, Any]


class Gathering:
    """Stands where `table.dynamodb` does while nobody else writes: all conditions hold, and none is read."""

    def __init__(self) -> None:
        self._partitions: dict[str, dict[str, Packed]] = defaultdict(dict)

    def call(self, operation: str, payload: dict[str, Any]) -> dict[str, Any]:
        match operation:
            case "GetItem":
                found = self._at(payload["Key"]).get(payload["Key"][keys.SK]["S"])
                return {"Item": found} if found else {}
            case "Query":
                pk = payload["ExpressionAttributeValues"][":pk"]["S"]
                return {"Items": [item for _, item in sorted(self._partitions[pk].items())]}
            case "TransactWriteItems":
                for write in payload["TransactItems"]:
                    [(kind, body)] = write.items()
                    self._carry_out(kind, body)
            case "BatchWriteItem":
                for requests in payload["RequestItems"].values():
                    for each in requests:
                        self._carry_out("Put", each["PutRequest"])
            case _:
                self._carry_out(operation.removesuffix("Item"), payload)
        return {}

    def items(self) -> Iterator[Packed]:
        return (item for partition in self._partitions.values() for item in partition.values())

    def _at(self, key: Packed) -> dict[str, Packed]:
        return self._partitions[key[keys.PK]["S"]]

    def _carry_out(self, kind: str, body: dict[str, Any]) -> None:
        key = body.get("Key") or body.get("Item") or {}
        sk = key[keys.SK]["S"]
        match kind:
            case "Put":
                self._at(key)[sk] = body["Item"]
            case "Delete":
                self._at(key).pop(sk, None)
            case "Update":  # of counts: the only updates that place somebody
                assert body["UpdateExpression"].startswith("ADD ")
                item = self._at(key).setdefault(sk, dict(key))
                for name, value in body["ExpressionAttributeValues"].items():
                    before = int(item.get(name[1:], {"N": "0"})["N"])
                    item[name[1:]] = {"N": str(before + int(value["N"]))}


@contextmanager
def gathered() -> Iterator[None]:
    """What is written in the block is in the table after it."""
    with patch.object(table, "dynamodb", Gathering()) as gathering:
        yield
        everything = list(gathering.items())
    for some in batched(everything, 25, strict=False):
        requests = [{"PutRequest": {"Item": item}} for item in some]
        answer = table.dynamodb.call("BatchWriteItem", {"RequestItems": {table._name(): requests}})
        assert not answer.get("UnprocessedItems")
