"""A web of our own on loopback: servers that answer what a test says, honest or hostile."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, NamedTuple

type Answer = Callable[["Visit"], None]


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Web(ThreadingTCPServer):
    """`answers` by path; every other is 404. `asked`: all requests so far."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.connections = 0
        self.tls = tls
        self.over = threading.Event()

    def __enter__(self) -> "Web":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def process_request(self, *connection: Any) -> None:
        self.connections += 1
        super().process_request(*connection)

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up are what is tested."""


class Visit(StreamRequestHandler):
    server: Web

    def setup(self) -> None:
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        method, path, _ = self.rfile.readline().decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        self.server.asked.append(Asked(method, path, headers, body))
        with suppress(OSError):
            self.server.answers.get(path.partition("?")[0], page(status=404))(self)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        if self.server.tls:
            self.request.close()

    def say(self, *parts: bytes | str) -> None:
        for part in parts:
            self.wfile.write(part.encode() if isinstance(part, str) else part)

    def wait(self, seconds: float) -> bool:
        """Whether the test goes on."""
        return not self.server.over.wait(seconds)


def page(body: bytes | str = b"", status: int = 200, length: int | None = None, **headers: str) -> Answer:
    raw = body.encode() if isinstance(body, str) else body

    def answer(visit: Visit) -> None:
        visit.say(f"HTTP/1.1 {status} Fine\r\n")
        for name, value in headers.items():
            visit.say(f"{name.replace('_', '-')}: {value}\r\n")
        visit.say(f"content-length: {len(raw) if length is None else length}\r\n\r\n", raw)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return page(status=status, location=to)


def drip(before: str, piece: str, every: float) -> Answer:
    """Never stops, and never lets a timeout between two bytes pass."""

    def answer(visit: Visit) -> None:
        visit.say(before)
        while visit.wait(every):
            visit.say(piece)

    return answer


def reset(visit: Visit) -> None:
    visit.say("HTTP/1.1 200 Fine\r\ncontent-length: 1000\r\n\r\nhalf")
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(0.05)
    visit.connection.close()


def let_functions_read(web: Web, functions: Any) -> None:
    """Those of the local cloud that read addresses take it for the web, beside the true one."""
    tell(functions, FETCH_ALLOWED=web.place)


def tell(functions: Any, **told: str) -> None:
    """Each function of the local cloud that has such a variable has this value from now on, as if the stage's
    settings said so.
    """
    for found in functions.get_paginator("list_functions").paginate():
        for each in found["Functions"]:
            variables = each.get("Environment", {}).get("Variables", {})
            if known := {name: value for name, value in told.items() if name in variables}:
                functions.update_function_configuration(
                    FunctionName=each["FunctionName"], Environment={"Variables": variables | known}
                )
