"""The local edge: one fixed address for the app, standing for DNS, in front of the local CloudFront."""

import http.client
import json
import string
import sys
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import quote

from infra.local import mailbox
from infra.local.tenants import Tenants, is_ours
from infra.redirecting import PROFILE

_HOP_BY_HOP = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailers",
        "transfer-encoding",
        "upgrade",
    ]
)
_VIEWER_HOST = "x-viewer-host"
_OURS_TO_SAY = frozenset(["host", "content-length", "x-forwarded-for", _VIEWER_HOST, PROFILE])
_NO_PAGES = ("/v1/", "/app/", "/media/", "/docs", "/site/")
_OF_PAGES = frozenset(["content-security-policy"])  # as of all pages, and not of the API's answers
_CHUNK = 64 * 1024
_PATIENCE_SECONDS = 35  # a little more than API Gateway has


def edge(
    port: int, cloud_port: int, distribution: str, tenants: Tenants | None = None
) -> ThreadingHTTPServer:
    """A server to be run by `serve_forever`, on the loopback address only.

    `tenants`: who is found at a host that is not ours; without them each host is.
    """
    known = {"cloud_port": cloud_port, "distribution": distribution, "tenants": tenants}
    handler = type("Edge", (_Edge,), known)
    return _Server(("127.0.0.1", port), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # tests open many connections at once, and one refused waits a second

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A viewer may leave at any time; everything else is worth a look."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Edge(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each body waits 40 ms for the headers to be acknowledged
    cloud_port: ClassVar[int]
    distribution: ClassVar[str]  # the host by which the local CloudFront knows it
    tenants: ClassVar[Tenants | None]
    profile: str | None  # that is found at the viewer's host, and the distribution that shows it
    at: str

    def _forward(self) -> None:
        if self.command == "GET" and self.path.partition("?")[0] == "/_mail":
            self._show_mails()
            return
        if not self._is_known():
            self._refuse(403, "Nothing is served here", "No distribution has this domain.")
            return
        # From where the viewer is, which is what the cloud takes for where it comes from: 127.0.0.1, or any
        # other of the 16 million addresses of this machine, for those who want to be many.
        upstream = http.client.HTTPConnection(
            "127.0.0.1", self.cloud_port, _PATIENCE_SECONDS, source_address=(self.client_address[0], 0)
        )
        try:
            self._ask(upstream, self.path)
            response = self._or_what_is_missing(upstream.getresponse(), upstream)
        except ValueError as error:
            self._refuse(400, "This request cannot be understood", str(error))
        except (OSError, http.client.HTTPException) as error:
            self._refuse(502, "The local cloud does not answer", str(error))
        else:
            self._answer(response)
        finally:
            upstream.close()

    def _or_what_is_missing(
        self, response: http.client.HTTPResponse, upstream: http.client.HTTPConnection
    ) -> http.client.HTTPResponse:
        """Stands for the group of origins that the local CloudFront does not know (infra/edge.py)."""
        path = self.path.partition("?")[0]
        if (
            self.profile
            or response.status not in (403, 404)
            or self.command != "GET"
            or path.startswith(_NO_PAGES)
        ):
            return response
        response.read()
        headers = {name: value for name, value in response.getheaders() if name.lower() in _OF_PAGES}
        self._ask(upstream, f"/v1/missing{quote(path, safe=string.punctuation)}")
        missing = upstream.getresponse()
        for name, value in headers.items():
            missing.headers.replace_header(name, value)
        return missing

    def _ask(self, upstream: http.client.HTTPConnection, asked: str) -> None:
        """What the viewer sent, but for the headers that are only ours to say."""
        body, length = self._body()
        path = quote(asked, safe=string.punctuation, encoding="latin-1")
        upstream.putrequest(self.command, path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in _HOP_BY_HOP | _OURS_TO_SAY:
                upstream.putheader(name, value)
        upstream.putheader("Host", self.at if self.profile else self.distribution)
        if self.profile:
            upstream.putheader(PROFILE, self.profile)
        upstream.putheader(_VIEWER_HOST, self.headers.get("host", "localhost"))
        upstream.putheader("X-Forwarded-For", self.client_address[0])
        if length or "content-length" in self.headers:
            upstream.putheader("Content-Length", str(length))
        upstream.endheaders(body)

    def _is_known(self) -> bool:
        """CloudFront goes by the host: to the distribution that has it, or to the tenant."""
        host = self.headers.get("host", "localhost")
        self.profile = None
        if self.tenants is None or is_ours(host):
            return True
        tenant = self.tenants.at(host)
        if tenant is None:
            return False
        self.profile, self.at = tenant.profile, tenant.distribution
        return True

    def _body(self) -> tuple[Iterable[bytes], int]:
        if "transfer-encoding" in self.headers:
            whole = b"".join(self._chunks())
            return [whole], len(whole)
        length = self.headers.get("content-length", "0")
        if not length.isdecimal():
            raise ValueError("Content-Length is not a number")
        return self._pieces(int(length)), int(length)

    def _pieces(self, left: int) -> Iterator[bytes]:
        while left and (some := self.rfile.read1(min(left, _CHUNK))):
            left -= len(some)
            yield some

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(20).partition(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline(3)
        while self.rfile.readline(_CHUNK).strip():
            """Trailers, of which nobody here has use."""

    def _answer(self, response: http.client.HTTPResponse) -> None:
        has_body = self.command != "HEAD" and response.status not in (204, 304)
        chunked = has_body and response.getheader("content-length") is None
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if has_body:
            self._relay(response, chunked)

    def _relay(self, response: http.client.HTTPResponse, chunked: bool) -> None:
        try:
            while some := response.read1(_CHUNK):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(some), some) if chunked else some)
        except (TimeoutError, http.client.HTTPException):
            self.close_connection = True
            return
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        elif response.length:  # the cloud broke off: to hang up is all that can still be said
            self.close_connection = True

    def _show_mails(self) -> None:
        body = mailbox.page(self.cloud_port)
        self.send_response_only(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", mailbox.POLICY)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: int, title: str, detail: str) -> None:
        self.close_connection = True  # some of the body may be unread
        document = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps(document).encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Each function logs its requests."""

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _forward
