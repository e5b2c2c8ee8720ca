"""Some pages of the web that the demo links to, on a port of this machine: previews without the internet."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from infra.local.demo.pictures import draw

_SIZE = (1200, 630)  # what sites offer for previews


class Page(NamedTuple):
    site: str
    title: str
    description: str


# By their paths: for the first link of the highlight that has this ref.
PAGES = {
    "/sargaco/2.0": Page(
        "Sargaço", "Sargaço 2.0", "The same files, a tenth of the time. What changed, and why."
    ),
    "/talks/small-data": Page(
        "Conversas", "Small data, with dignity", "The keynote, its slides, and corrections."
    ),
    "/torra-lenta/zine": Page(
        "Torra Lenta", "Torrar devagar", "A zine about roasting slowly. Forty pages, stapled."
    ),
    "/vozes-do-rio": Page(
        "Vozes do Rio", "6,200 recordings of a river", "Found by what they say. Ask, and listen."
    ),
}
LINKED = {
    "sargaco-two": "/sargaco/2.0",
    "keynote": "/talks/small-data",
    "zine": "/torra-lenta/zine",
    "river-voices": "/vozes-do-rio",
}


@contextmanager
def elsewhere(port: int) -> Iterator[str]:
    """Its address, for as long as the block."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        name = path.removesuffix(".jpg")
        if name not in PAGES:
            self._answer(404, "text/plain", b"There is no such page.")
        elif path == name:
            self._answer(200, "text/html; charset=utf-8", _html(name, PAGES[name]))
        else:
            self._answer(200, "image/jpeg", draw(name, _SIZE))

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads them."""


def _html(path: str, page: Page) -> bytes:
    site, title, description = map(escape, page)
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="{site}"><meta property="og:title" content="{title}">
<meta property="og:description" content="{description}"><meta property="og:image" content="{path}.jpg">
<h1>{title}</h1><p>{description}</p><img src="{path}.jpg" alt="" width="600">
""".encode()
