"""A real Chromium, and the site's files on a loopback port."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from infra.openapi import write_site

_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-quic"]


class _Site(SimpleHTTPRequestHandler):
    """Addresses as at the edge: those without an extension are folders' pages."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path if "." in path else f"{path}/index.html")

    def log_message(self, *_: object) -> None:
        """Nothing: pytest shows what fails."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    (folder / "v1").mkdir()
    shutil.move(folder / "openapi.json", folder / "v1")
    yield from _served(folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The system's: playwright's own would be another download of 150 MB.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET)
        yield browser
        browser.close()


def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
