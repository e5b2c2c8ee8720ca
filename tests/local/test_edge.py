"""The edge passes everything on as it came, but for what only the edge may say."""

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from infra.local.cloud import free_port
from infra.local.edge import edge
from infra.local.tenants import Tenant, Tenants
from infra.redirecting import PROFILE

EVERY_BYTE = bytes(range(256)) * 1024


class Seen(NamedTuple):
    method: str
    path: str
    headers: "Message[str, str]"
    body: bytes


type Reply = Callable[[BaseHTTPRequestHandler], None]


class Upstream(ThreadingHTTPServer):
    """Stands for the local CloudFront: keeps what it was sent, and answers as a test wants."""

    daemon_threads = True
    seen: list[Seen]
    reply: Reply

    def handle_error(self, *_: object) -> None:
        """Tests leave early, and break off."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.seen.append(Seen(self.command, self.path, self.headers, body))
        self.server.reply(self)

    def log_message(self, *_: object) -> None: ...

    do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = _take


@contextmanager
def running[Server: ThreadingHTTPServer](server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream(("127.0.0.1", 0), _Handler)
    server.seen, server.reply = [], says(b"hello")
    with running(server):
        yield server


@pytest.fixture
def viewer(upstream: Upstream) -> Iterator[http.client.HTTPConnection]:
    with running(edge(0, upstream.server_port, "d1.cloudfront.net")) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        yield connection
        connection.close()


def says(body: bytes, status: int = 200, *headers: tuple[str, str]) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(b"" if handler.command == "HEAD" else body)

    return reply


def raw(viewer: http.client.HTTPConnection, request: bytes) -> bytes:
    """All that comes back until the edge hangs up."""
    with socket.create_connection((viewer.host, viewer.port), timeout=5) as wire:
        wire.sendall(request)
        return b"".join(iter(lambda: wire.recv(65536), b""))


def test_asks_for_the_distribution_and_tells_the_viewers_host(
    viewer: http.client.HTTPConnection, upstream: Upstream
) -> None:
    viewer.request("GET", "/v1/me?a=1&a=%20", headers={"Host": "ana.example:4700"})
    assert viewer.getresponse().read() == b"hello"

    seen = upstream.seen[0]
    assert seen.path == "/v1/me?a=1&a=%20"
    assert seen.headers.get_all("host") == ["d1.cloudfront.net"]
    assert seen.headers.get_all("x-viewer-host") == ["ana.example:4700"]
    assert seen.headers.get_all("x-forwarded-for") == ["127.0.0.1"]


def test_ignores_what_a_client_sends_under_the_edges_own_names(
    viewer: http.client.HTTPConnection, upstream: Upstream
) -> None:
    viewer.request("GET", "/", headers={"X-Viewer-Host": "mallory.example", "X-Forwarded-For": "10.0.0.1"})
    viewer.getresponse().read()

    assert upstream.seen[0].headers.get_all("x-viewer-host") == [f"127.0.0.1:{viewer.port}"]
    assert upstream.seen[0].headers.get_all("x-forwarded-for") == ["127.0.0.1"]


def test_passes_every_byte_both_ways(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    upstream.reply = says(EVERY_BYTE)
    viewer.request("POST", "/", EVERY_BYTE)

    assert viewer.getresponse().read() == EVERY_BYTE
    assert upstream.seen[0].body == EVERY_BYTE


def test_passes_each_of_several_cookies(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    upstream.reply = says(b"", 200, ("Set-Cookie", "a=1; HttpOnly"), ("Set-Cookie", "b=2"))
    viewer.request("GET", "/")
    answer = viewer.getresponse()

    assert answer.headers.get_all("set-cookie") == ["a=1; HttpOnly", "b=2"]


def test_passes_a_header_that_comes_twice(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    viewer.putrequest("GET", "/")
    viewer.putheader("Accept", "text/html")
    viewer.putheader("Accept", "application/json")
    viewer.endheaders()
    viewer.getresponse().read()

    assert upstream.seen[0].headers.get_all("accept") == ["text/html", "application/json"]


def test_tells_the_length_of_a_head_and_sends_no_body(viewer: http.client.HTTPConnection) -> None:
    for _ in range(2):  # on one connection, so that a stray body would be taken for the second answer
        viewer.request("HEAD", "/")
        answer = viewer.getresponse()
        assert (answer.status, answer.headers["content-length"], answer.read()) == (200, "5", b"")


@pytest.mark.parametrize("status", [204, 304])
def test_keeps_the_connection_after_an_answer_without_a_body(
    viewer: http.client.HTTPConnection, upstream: Upstream, status: int
) -> None:
    def bare(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        handler.end_headers()

    upstream.reply = bare
    for _ in range(2):
        viewer.request("DELETE", "/")
        answer = viewer.getresponse()
        assert (answer.status, answer.read()) == (status, b"")


def test_takes_a_body_in_chunks(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    viewer.request(
        "POST", "/", iter([b"one ", b"two"]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"}
    )
    viewer.getresponse().read()

    assert upstream.seen[0].body == b"one two"


def test_passes_an_answer_in_chunks(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    def chunked(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")

    upstream.reply = chunked
    for _ in range(2):
        viewer.request("GET", "/")
        assert viewer.getresponse().read() == b"onetwo"


def test_passes_a_path_that_is_not_ascii(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    request = "GET /v1/tags?prefix=café HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()

    assert raw(viewer, request).startswith(b"HTTP/1.1 200 ")
    assert upstream.seen[0].path == "/v1/tags?prefix=caf%C3%A9"


def test_refuses_a_length_that_is_no_number(viewer: http.client.HTTPConnection) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"

    assert raw(viewer, request).startswith(b"HTTP/1.1 400 ")


def test_says_so_when_the_cloud_is_down() -> None:
    with running(edge(0, free_port(0), "d1.cloudfront.net")) as server:
        viewer = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        viewer.request("GET", "/")
        answer = viewer.getresponse()
        problem = json.load(answer)
        viewer.close()

    assert (answer.status, answer.headers["content-type"]) == (502, "application/problem+json")
    assert (problem["status"], problem["title"]) == (502, "The local cloud does not answer")


def test_hangs_up_when_the_cloud_breaks_off(viewer: http.client.HTTPConnection, upstream: Upstream) -> None:
    """Whoever reads must not take half a body for the whole."""

    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", "10")
        handler.end_headers()
        handler.wfile.write(b"half ")
        handler.close_connection = True

    upstream.reply = half
    answer = raw(viewer, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer.endswith(b"\r\n\r\nhalf ")


def test_is_quiet_when_a_viewer_leaves(
    viewer: http.client.HTTPConnection, upstream: Upstream, capfd: pytest.CaptureFixture[str]
) -> None:
    left = threading.Event()

    def late(handler: BaseHTTPRequestHandler) -> None:
        left.wait(5)
        says(EVERY_BYTE * 64)(handler)

    upstream.reply = late
    with socket.create_connection((viewer.host, viewer.port)) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    left.set()
    viewer.request("HEAD", "/")
    viewer.getresponse()

    assert capfd.readouterr().err == ""


class OwnDomains(Tenants):
    """Who has a domain of their own, without a cloud to ask."""

    def __init__(self, known: dict[str, Tenant]) -> None:
        self._known = known

    def at(self, host: str) -> Tenant | None:
        return self._known.get(host.partition(":")[0].lower())


@pytest.fixture
def domains(upstream: Upstream) -> Iterator[http.client.HTTPConnection]:
    known = OwnDomains({"ana.example.org": Tenant("d2.cloudfront.net", "ana")})
    with running(edge(0, upstream.server_port, "d1.cloudfront.net", known)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        yield connection
        connection.close()


def test_a_members_own_domain_leads_to_the_distribution_of_all_tenants_and_says_whose_it_is(
    domains: http.client.HTTPConnection, upstream: Upstream
) -> None:
    domains.request("GET", "/barista", headers={"Host": "ANA.example.org:4700", PROFILE: "mallory"})
    domains.getresponse().read()

    seen = upstream.seen[0]
    assert seen.headers.get_all("host") == ["d2.cloudfront.net"]
    assert seen.headers.get_all(PROFILE) == ["ana"]


def test_a_domain_that_nobody_has_serves_nothing(
    domains: http.client.HTTPConnection, upstream: Upstream
) -> None:
    for host in ("mallory.example.org", "example.org", "ana.example.org.mallory.example"):
        domains.request("GET", "/", headers={"Host": host})
        answer = domains.getresponse()
        answer.read()
        assert answer.status == 403
        domains.close()
    assert upstream.seen == []


def test_our_own_hosts_are_nobodys_domain(domains: http.client.HTTPConnection, upstream: Upstream) -> None:
    for host in ("localhost:4700", "127.0.0.1", "127.0.1.2:4700", "[::1]:4700"):
        domains.request("GET", "/", headers={"Host": host, PROFILE: "mallory"})
        domains.getresponse().read()

    assert {seen.headers["host"] for seen in upstream.seen} == {"d1.cloudfront.net"}
    assert not [seen for seen in upstream.seen if PROFILE in seen.headers]
