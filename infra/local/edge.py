"""The local edge: one fixed address for the app, standing for DNS, in front of the local CloudFront."""

import http.client
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

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
_CHUNK = 64 * 1024
_VIEWER_HOST = "x-viewer-host"


def edge(port: int, cloud_port: int, distribution: str) -> ThreadingHTTPServer:
    """A server to be run by `serve_forever`, on the loopback address only."""
    handler = type("Edge", (_Edge,), {"cloud_port": cloud_port, "distribution": distribution})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


class _Edge(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cloud_port: ClassVar[int]
    distribution: ClassVar[str]  # the host by which the local CloudFront knows it

    def _forward(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else None
        upstream = http.client.HTTPConnection("127.0.0.1", self.cloud_port, timeout=35)
        try:
            upstream.request(self.command, self.path, body, self._headers())
            self._answer(upstream.getresponse())
        except (OSError, http.client.HTTPException) as error:
            self._unavailable(str(error))
        finally:
            upstream.close()

    def _headers(self) -> dict[str, str]:
        """As the viewer sent them, but for the ones that are only ours to say."""
        viewer = self.headers.get("host", "localhost")
        ours = {"host", _VIEWER_HOST, "x-forwarded-for", *_HOP_BY_HOP}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in ours}
        ours_now = {
            "Host": self.distribution,
            _VIEWER_HOST: viewer,
            "X-Forwarded-For": self.client_address[0],
        }
        return kept | ours_now

    def _answer(self, response: http.client.HTTPResponse) -> None:
        self.send_response_only(response.status, response.reason)
        has_body = self.command != "HEAD" and response.status not in (204, 304)
        chunked = has_body and response.getheader("content-length") is None
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while has_body and (some := response.read(_CHUNK)):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(some), some) if chunked else some)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _unavailable(self, reason: str) -> None:
        document = {
            "type": "about:blank",
            "title": "The local cloud does not answer",
            "status": 502,
            "detail": reason,
        }
        body = json.dumps(document).encode()
        self.send_response_only(502)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Each function logs its requests."""

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _forward
