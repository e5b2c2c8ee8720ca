"""An AWS that answers at once, over TLS, in a process of its own: what it stores is what it was started with.

    python -m benchmarks.cold.cloud certificate.pem key.pem stored.json

It prints its port, and ends when its standard input does.
"""

import json
import socket
import ssl
import sys
import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.cold import services
from benchmarks.cold.services import Answer

type Item = dict[str, Any]

_CLAIMS = b64encode(b'{"username": "benchmark", "origin_jti": "benchmark"}').decode()
_TOKENS = {
    "AccessToken": f"-.{_CLAIMS}.-",
    "RefreshToken": "refresh",
    "ExpiresIn": 900,
    "TokenType": "Bearer",
}


class Cloud:
    """Writes are taken and forgotten, so that each process finds the same. `users`: addresses, by name."""

    def __init__(self, items: list[Item], users: dict[str, str]) -> None:
        self._items = {(each["pk"]["S"], each["sk"]["S"]): each for each in items}
        self._users = users
        self._said: dict[str, Answer] = {}
        self._answers: dict[str, Callable[[Any], Any]] = {
            "DynamoDB_20120810.GetItem": self._get,
            "DynamoDB_20120810.BatchGetItem": self._get_many,
            "DynamoDB_20120810.Query": self._query,
            "AWSEvents.PutEvents": _put_events,
            "AWSCognitoIdentityProviderService.InitiateAuth": lambda _: {"AuthenticationResult": _TOKENS},
            "AWSCognitoIdentityProviderService.AdminGetUser": self._user,
        }

    def answer(self, asked: str, target: str, body: bytes) -> Answer:
        """`asked`: method and path. Thought out once; then it takes no time."""
        if not target:
            return services.answer(asked)
        request = target + body.decode()
        if request not in self._said:
            answer = self._answers.get(target)
            found = answer(json.loads(body)) if answer else {}
            self._said[request] = Answer(json.dumps(found, separators=(",", ":")))
        return self._said[request]

    def _get(self, request: Any) -> Any:
        item = self._items.get(_place(request["Key"]))
        return {"Item": item} if item else {}

    def _get_many(self, request: Any) -> Any:
        [(name, wanted)] = request["RequestItems"].items()
        places = map(_place, wanted["Keys"])
        return {"Responses": {name: [self._items[each] for each in places if each in self._items]}}

    def _user(self, request: Any) -> Any:
        """By name or by address; nothing of who is none."""
        for name, address in self._users.items():
            if request["Username"] in (name, address):
                known = [{"Name": "email", "Value": address}]
                return {"Username": name, "UserStatus": "CONFIRMED", "UserAttributes": known}
        return {}

    def _query(self, request: Any) -> Any:
        """One page of a partition, in order: no filter."""
        index = request.get("IndexName", "")
        pk, sk = f"{index}pk", f"{index}sk"
        values = request["ExpressionAttributeValues"]
        low, high = values.get(":low", {"S": ""})["S"], values.get(":high", {"S": "\U0010ffff"})["S"]
        here = [each for each in self._items.values() if each.get(pk) == values[":pk"]]
        found = [each for each in here if low <= each[sk]["S"] <= high]
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
        while line := received.readline().decode():
            headers = _headers(received)
            if "expect" in headers:
                secure.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")  # else S3's client waits a second for it
            body = _body(received, headers)
            asked = line.rpartition(" ")[0]
            secure.sendall(cloud.answer(asked, headers.get("x-amz-target", ""), body or b"{}").encoded())


def _headers(received: Any) -> dict[str, str]:
    headers = {}
    while line := received.readline().decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers


def _body(received: Any, headers: dict[str, str]) -> bytes:
    """Of what comes in chunks, as files do, nobody reads anything."""
    if headers.get("transfer-encoding") != "chunked":
        return bytes(received.read(int(headers.get("content-length", 0))))
    while size := int(received.readline().partition(b";")[0], 16):
        received.read(size + 2)
    _headers(received)  # the trailers
    return b""


def main(certificate: str, key: str, stored: str) -> None:
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate, key)
    cloud = Cloud(**json.loads(Path(stored).read_text("utf-8")))
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
