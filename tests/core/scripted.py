"""A service on loopback that does what a test's script says: refuse, break, lie, be silent."""

import json
import threading
from collections.abc import Callable
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

type Step = Callable[["Conversation"], bool]  # true: the connection is kept


class Service(ThreadingTCPServer):
    """Answers each request by the next step of its script, and an unforeseen one with {}."""

    daemon_threads = False  # so that closing it waits for its conversations
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.script: list[Step] = []
        self.bodies: list[dict[str, Any]] = []
        self.connections = 0
        self.ended, self.over = threading.Event(), threading.Event()

    def process_request(self, *connection: Any) -> None:
        self.connections += 1
        super().process_request(*connection)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.ended.set()


class Conversation(StreamRequestHandler):
    server: Service

    def handle(self) -> None:
        while self.rfile.peek(1):  # type: ignore[attr-defined]
            step = self.server.script.pop(0) if self.server.script else answer()
            if step is drop_unread or not (self._read() and step(self)):
                return

    def _read(self) -> bool:
        size = 0
        while line := self.rfile.readline().strip():
            name, _, value = line.lower().partition(b":")
            size = int(value) if name == b"content-length" else size
        self.body = json.loads(self.rfile.read(size))
        self.server.bodies.append(self.body)
        return True


def answer(
    body: object = None,
    status: int = 200,
    *,
    raw: bytes | None = None,
    head: str = "",
    kept: bool = True,
    size: int | None = None,
) -> Step:
    content = json.dumps(body or {}).encode() if raw is None else raw
    length = len(content) if size is None else size

    def step(conversation: Conversation) -> bool:
        start = f"HTTP/1.1 {status} Whatever\r\n{head}content-length: {length}\r\n\r\n"
        conversation.wfile.write(start.encode() + content)
        return kept

    return step


def refusal(code: str, status: int = 400, **more: object) -> Step:
    return answer({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "No.", **more}, status)


def cancelled(*reasons: str) -> Step:
    return refusal("TransactionCanceledException", CancellationReasons=[{"Code": each} for each in reasons])


def drop_unread(_: Conversation) -> bool:
    raise AssertionError("never read, so never called")


def drop(_: Conversation) -> bool:
    return False


def silence(conversation: Conversation) -> bool:
    conversation.server.over.wait(5)
    return False


def echo(conversation: Conversation) -> bool:
    return answer(conversation.body)(conversation)
