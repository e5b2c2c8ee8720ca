"""An AWS that answers at once, over TLS, in a process of its own: what it stores is what it was started with.

    python -m benchmarks.cold.cloud certificate.pem key.pem items.json

It prints its port, and ends when its standard input does.
"""

import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

type Item = dict[str, Any]

_TOKENS = {"AccessToken": "access", "RefreshToken": "refresh", "ExpiresIn": 900, "TokenType": "Bearer"}


class Cloud:
    """Writes are taken and forgotten, so that each process finds the same."""

    def __init__(self, items: list[Item]) -> None:
        self._items = {(each["pk"]["S"], each["sk"]["S"]): each for each in items}
        self._said: dict[bytes, bytes] = {}
        self._answers: dict[str, Callable[[Any], Any]] = {
            "DynamoDB_20120810.GetItem": self._get,
            "DynamoDB_20120810.BatchGetItem": self._get_many,
            "DynamoDB_20120810.Query": self._query,
            "AWSEvents.PutEvents": _put_events,
            "AWSCognitoIdentityProviderService.InitiateAuth": lambda _: {"AuthenticationResult": _TOKENS},
        }

    def answer(self, target: str, body: bytes) -> bytes:
        """Thought out once; then it takes no time."""
        asked = target.encode() + body
        if asked not in self._said:
            answer = self._answers.get(target)
            found = answer(json.loads(body)) if answer else {}
            # S3 and SES name no target; of theirs only the headers are read.
            self._said[asked] = json.dumps(found, separators=(",", ":")).encode() if target else b""
        return self._said[asked]

    def _get(self, request: Any) -> Any:
        item = self._items.get(_place(request["Key"]))
        return {"Item": item} if item else {}

    def _get_many(self, request: Any) -> Any:
        [(name, wanted)] = request["RequestItems"].items()
        places = map(_place, wanted["Keys"])
        return {"Responses": {name: [self._items[each] for each in places if each in self._items]}}

    def _query(self, request: Any) -> Any:
        """The whole partition, in order: no bounds, no filter."""
        index = request.get("IndexName", "")
        pk, sk = f"{index}pk", f"{index}sk"
        values = request["ExpressionAttributeValues"]
        found = [each for each in self._items.values() if each.get(pk) == values[":pk"]]
        found.sort(key=lambda each: str(each[sk]["S"]), reverse=not request["ScanIndexForward"])
        return {"Items": found[: request["Limit"]]}


def _place(key: Item) -> tuple[str, str]:
    return key["pk"]["S"], key["sk"]["S"]


def _put_events(request: Any) -> Any:
    return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in request["Entries"]]}


def _serve(connection: socket.socket, trust: ssl.SSLContext, cloud: Cloud) -> None:
    with suppress(OSError), trust.wrap_socket(connection, server_side=True) as secure:
        secure.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        received = secure.makefile("rb")
        while line := received.readline():
            headers = _headers(received) if line.strip() else {}
            body = received.read(int(headers.get("content-length", 0)))
            answer = cloud.answer(headers.get("x-amz-target", ""), body or b"{}")
            secure.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(answer), answer))


def _headers(received: Any) -> dict[str, str]:
    headers = {}
    while line := received.readline().decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers


def main(certificate: str, key: str, items: str) -> None:
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate, key)
    cloud = Cloud(json.loads(Path(items).read_text("utf-8")))
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, trust, cloud), daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()


def _accept(listener: socket.socket, trust: ssl.SSLContext, cloud: Cloud) -> None:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve, args=(connection, trust, cloud), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
