"""The local edge passes everything on as it is, but for what is only its own to say."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from infra.local.edge import edge


class Upstream(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked.append((self.command, self.path, headers, body))
        self.send_response_only(404 if "missing" in self.path else 200)
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        content = bytes(range(256))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PATCH = _answer

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def viewer() -> Iterator[httpx.Client]:
    Upstream.asked.clear()
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    server = edge(0, upstream.server_address[1], "d1.cloudfront.net")
    for each in (upstream, server):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    with httpx.Client(base_url=f"http://127.0.0.1:{server.server_address[1]}") as client:
        yield client
    for each in (server, upstream):
        each.shutdown()
        each.server_close()


def test_asks_for_the_distribution_and_tells_whom_the_viewer_asked_for(viewer: httpx.Client) -> None:
    viewer.get("/v1/me?x=%2F", headers={"host": "ana.example.org"})

    method, path, headers, _ = Upstream.asked[0]
    assert (method, path) == ("GET", "/v1/me?x=%2F")
    assert (headers["host"], headers["x-viewer-host"]) == ("d1.cloudfront.net", "ana.example.org")


def test_a_viewer_cannot_say_what_only_the_edge_says(viewer: httpx.Client) -> None:
    forged = {"X-Viewer-Host": "bank.example", "X-Forwarded-For": "203.0.113.9"}

    viewer.get("/", headers=forged)

    headers = Upstream.asked[0][2]
    assert headers["x-viewer-host"].startswith("127.0.0.1")
    assert headers["x-forwarded-for"] == "127.0.0.1"


def test_bodies_cookies_and_statuses_come_through(viewer: httpx.Client) -> None:
    answer = viewer.post("/missing", content=b"\x00\xff")

    assert answer.status_code == 404
    assert answer.content == bytes(range(256))
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert Upstream.asked[0][3] == b"\x00\xff"


def test_head_has_no_body_and_the_connection_goes_on(viewer: httpx.Client) -> None:
    assert viewer.head("/").content == b""
    assert viewer.get("/").status_code == 200


def test_says_so_when_the_cloud_is_down() -> None:
    server = edge(0, 9, "d1.cloudfront.net")  # nothing listens on the discard port
    threading.Thread(target=server.serve_forever, daemon=True).start()

    answer = httpx.get(f"http://127.0.0.1:{server.server_address[1]}/")

    assert answer.status_code == 502
    assert answer.json()["title"] == "The local cloud does not answer"
    server.shutdown()
    server.server_close()
