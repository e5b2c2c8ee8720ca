"""A real Chromium, the site's files on a loopback port, and the deployed app behind the edge."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from infra.local.__main__ import serving
from infra.local.cloud import Cloud, cloud, free_port
from infra.local.deploy import client, deploy, upload_client
from infra.openapi import write_site
from infra.web import web_client
from tests.browser.app import Join, Member, Window, newcomer, window
from tests.web import Web, let_functions_read

_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-quic"]


class Deployed(NamedTuple):
    base_url: str
    cloud: Cloud


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


@pytest.fixture(scope="session")
def deployed() -> Iterator[Deployed]:
    port = free_port(int(os.environ.get("POLYFOLIO_BROWSER_TESTS_PORT", "4721")))
    with cloud(f"tests-{port}", port) as here, pytest.MonkeyPatch.context() as patch:
        for name, value in here.environment().items():
            patch.setenv(name, value)
        outputs = deploy(here)
        upload_client(here, outputs, web_client())
        with serving(here, outputs, 0) as address:
            yield Deployed(address, here)


@pytest.fixture(scope="session")
def base_url(deployed: Deployed) -> str:
    return deployed.base_url


@pytest.fixture(scope="session")
def web(deployed: Deployed) -> Iterator[Web]:
    """What those that read addresses take for the web, beside the true one: a server of this machine."""
    with Web() as web:
        let_functions_read(web, client(deployed.cloud, "lambda"))
        yield web


@pytest.fixture(scope="session")
def join(base_url: str) -> Iterator[Join]:
    """A new member of this name; each call makes another one."""
    members: list[Member] = []

    def joined(name: str) -> Member:
        members.append(Member(base_url, newcomer(name)))
        return members[-1]

    yield joined
    for member in members:
        member.http.close()


@pytest.fixture
def opened(chromium: Browser, base_url: str) -> Iterator[Window]:
    """A window of a stranger; it ends without a complaint."""
    with window(chromium, base_url) as fresh:
        yield fresh
        assert fresh.complaints == []


def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
