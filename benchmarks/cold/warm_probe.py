"""Runs with the packaged code alone, in a process of its own: CPU of an operation once all is warm.

The floor of each is its bytes: the same request signed and sent, the answer received and not looked at.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from core import aws, keys, table

_ROUNDS, _OPERATIONS = 25, 20
_PAGE = 50

asked = json.load(sys.stdin)
get = {"TableName": os.environ["TABLE_NAME"], "Key": asked["key"], "ConsistentRead": False}
query = asked["query"]


def floor(operation: str, payload: dict[str, Any]) -> Callable[[], object]:
    url = aws._endpoint("dynamodb")
    connection = aws._opened(url, 5)
    body = json.dumps(payload, separators=(",", ":")).encode()
    named = {"content-type": "application/x-amz-json-1.0", "host": url.netloc}

    def call() -> None:
        headers = named | {"x-amz-target": f"DynamoDB_20120810.{operation}"}
        aws._sign(headers, body, "dynamodb")
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST / HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n"
        connection.sock.sendall(head.encode() + body)
        _receive(connection.sock)

    return call


def _receive(sock: Any) -> None:
    data = sock.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    left = int(head.rpartition(b"content-length: ")[2]) - len(body)
    while left > 0:
        left -= len(sock.recv(65536))


def of_handler(name: str, event: Any) -> Callable[[], object]:
    handler = import_module(name).handler
    return lambda: handler(event, None)


def cost(operation: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(_OPERATIONS):
        operation()
    return (time.process_time() - began) / _OPERATIONS


def main() -> None:
    said, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115 - for the handlers' logs
    key = keys.Key(get["Key"]["pk"]["S"], get["Key"]["sk"]["S"])
    pk = query["ExpressionAttributeValues"][":pk"]["S"]
    operations: dict[str, Callable[[], object]] = {
        "one item: floor": floor("GetItem", get),
        "one item": lambda: table.get(key),
        "page of 50: floor": floor("Query", query),
        "page of 50": lambda: table.query(pk, limit=_PAGE, newest_first=True),
        "one item, whole handler": of_handler("members.get_me", asked["get_me"]),
        "page of 50, whole handler": of_handler("timeline.list_highlights", asked["list_highlights"]),
    }
    costs: dict[str, list[float]] = {name: [] for name in operations}
    for _ in range(_ROUNDS):
        for name in random.sample(list(operations), len(operations)):
            costs[name].append(cost(operations[name]))
    json.dump({name: median(each) for name, each in costs.items()}, said)


main()
