import hashlib
import re
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from core import aws
from core.aws import AwsError, Client
from tests.certificates import Authority


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
    for name in ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = False  # so that closing it waits for its connections

    def handle_error(self, *_: Any) -> None:
        """A client that refuses our certificate."""


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def port(authority: Authority) -> Iterator[int]:
    """Of a server that is `localhost` by our own authority."""
    server = Quiet(("127.0.0.1", 0), Answering)
    server.socket = authority.server("localhost").wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def secure(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://localhost:{port}")
    client = Client("dynamodb", target="DynamoDB_20120810", version="1.0")
    aws._trust.cache_clear()
    yield client
    client.close()
    aws._trust.cache_clear()


def test_refuses_a_server_that_nobody_vouched_for(secure: Client) -> None:
    secure.connect()  # says nothing: the call will
    with pytest.raises(AwsError, match=r"^GetItem: Untrusted$"):
        secure.call("GetItem", {})


def test_trusts_only_the_bundle_it_is_given(
    secure: Client, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.roots))
    assert secure.call("GetItem", {}) == {}
    secure.close()

    monkeypatch.setenv("SSL_CERT_FILE", str(authority.roots))
    monkeypatch.setenv("AWS_CA_BUNDLE", aws._ROOTS)
    with pytest.raises(AwsError, match="Untrusted"):
        secure.call("GetItem", {})


def test_refuses_the_certificate_of_another_host(
    secure: Client, authority: Authority, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.roots))
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://127.0.0.1:{port}")
    with pytest.raises(AwsError, match="Untrusted"):
        secure.call("GetItem", {})


def test_trusts_the_roots_that_travel_with_it(
    secure: Client, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws, "_ROOTS", str(authority.roots))

    assert secure.call("GetItem", {}) == {}


@pytest.mark.parametrize("roots", [aws._ROOTS, "/nowhere/roots.pem"])
def test_falls_back_to_the_roots_of_the_system(
    roots: str, secure: Client, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws, "_ROOTS", roots)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.roots))

    assert secure.call("GetItem", {}) == {}


def test_a_connection_made_beforehand_serves_the_first_call(
    secure: Client, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.roots))
    secure.connect()
    with patch.object(aws, "_opened", side_effect=AssertionError("not kept")):
        assert secure.call("GetItem", {}) == {}
        assert secure.call("GetItem", {}) == {}


def test_the_roots_are_the_five_that_amazon_names() -> None:
    """Their keys are those of https://www.amazontrust.com/repository/ (compared when these were taken)."""
    roots = re.findall(r"-----BEGIN.*?END CERTIFICATE-----", Path(aws._ROOTS).read_text(), re.DOTALL)

    assert {hashlib.sha256(ssl.PEM_cert_to_DER_cert(root)).hexdigest() for root in roots} == {
        "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",  # Amazon Root CA 1
        "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",  # Amazon Root CA 2
        "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",  # Amazon Root CA 3
        "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",  # Amazon Root CA 4
        "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",  # Starfield Services Root - G2
    }
