"""The page of the mails that the local cloud took in."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.local import mailbox
from infra.local.edge import edge

CODE = {"To": ["ana@example.org"], "Subject": "Your code", "BodyText": "It is <123456>.", "Timestamp": 1.0}
LINK = {
    "To": ["ben@example.org"],
    "Subject": "Confirm <b>your</b> place",
    "BodyText": "Here: http://localhost:4700/app/waiting-list#t0ken",
    "BodyHtml": "<html><head></head><body><script>alert(1)</script><a href='http://x/'>x</a></body></html>",
    "Timestamp": 2.0,
}


@pytest.fixture
def port() -> Iterator[int]:
    """Of a cloud that took in two mails."""

    class Cloud(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/_ministack/ses/messages"
            body = json.dumps({"messages": {"000000000000": [CODE, LINK]}}).encode()
            self.send_response_only(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Cloud)) as found:
        yield found


class _served:
    def __init__(self, server: Any) -> None:
        self._server = server

    def __enter__(self) -> int:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return int(self._server.server_address[1])

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_shows_the_newest_first_with_links_to_click(port: int) -> None:
    page = mailbox.page(port).decode()

    assert page.index("Confirm") < page.index("Your code")
    assert '<a href="http://localhost:4700/app/waiting-list#t0ken"' in page


def test_what_a_mail_says_is_text_but_in_a_frame_without_scripts(port: int) -> None:
    page = mailbox.page(port).decode()

    assert "Confirm &lt;b&gt;your&lt;/b&gt; place" in page
    assert "It is &lt;123456&gt;." in page
    assert "<script>" not in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;html&gt;' in page
    assert "script" not in mailbox.POLICY


def test_the_edge_has_it_and_lets_nobody_frame_or_keep_it(port: int) -> None:
    with _served(edge(0, port, "d1.cloudfront.net")) as at:
        viewer = HTTPConnection("127.0.0.1", at)
        viewer.request("GET", "/_mail?again")
        answer = viewer.getresponse()
        body = answer.read().decode()
        viewer.close()

    assert (answer.status, answer.getheader("content-type")) == (200, "text/html; charset=utf-8")
    assert answer.getheader("content-security-policy") == mailbox.POLICY
    assert "Confirm" in body
