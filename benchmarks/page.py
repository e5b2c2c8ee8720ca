"""What a public page costs who reads it: `python -m benchmarks.page [path] [--rounds N]` beside a `make run`.

Chromium as a telephone of 412 px, slowed down as Lighthouse's slow 4G, with a processor four times slower.
The local edge does not compress, and CloudFront does: so a server keeps the page in memory, and gzips it.
"""

import argparse
import gzip
import os
import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import httpx
from playwright.sync_api import Browser, BrowserContext, sync_playwright

_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
_SLOWER = 4
_TELEPHONE: dict[str, Any] = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}
_SETTLED_MS = 1500
_TEXT = ("text/", "application/json", "image/svg")
_PASSED_ON = ("content-type", "cache-control", "etag", "content-security-policy")
_WATCH = """
globalThis.seen = { paint: 0, shift: 0, blocked: 0 };
function watch(type, act) {
  new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
}
watch('largest-contentful-paint', (each) => (seen.paint = each.startTime));
watch('layout-shift', (each) => (seen.shift += each.value));
watch('longtask', (each) => (seen.blocked += each.duration - 50));
"""


class Visit(NamedTuple):
    """`paint`: the largest one, in milliseconds; `blocked`: what tasks took beyond 50 ms."""

    paint: float
    shift: float
    blocked: float
    requests: float
    bytes: float


def main() -> None:
    asked = _arguments()
    with sync_playwright() as playwright, _compressing(asked.address) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        _visits(browser, address + asked.path)  # and what it asks for is kept
        rounds = [_visits(browser, address + asked.path) for _ in range(asked.rounds)]
    cold, again = (_medians(list(some)) for some in zip(*rounds, strict=True))
    print(f"{asked.path}, medians of {asked.rounds}\n\n| | cold | again |\n|---|---:|---:|")
    print(f"| largest contentful paint | {cold.paint / 1000:.2f} s | {again.paint / 1000:.2f} s |")
    print(f"| layout shift | {cold.shift:.3f} | {again.shift:.3f} |")
    print(f"| long tasks beyond 50 ms | {cold.blocked:.0f} ms | {again.blocked:.0f} ms |")
    print(f"| requests | {cold.requests:.0f} | {again.requests:.0f} |")
    print(f"| bytes over the line | {cold.bytes / 1000:.1f} kB | {again.bytes / 1000:.1f} kB |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.page", description=__doc__)
    parser.add_argument("path", nargs="?", default="/@ana")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--address", default=f"http://localhost:{os.environ.get('POLYFOLIO_PORT', '4700')}")
    return parser.parse_args()


def _visits(browser: Browser, address: str) -> tuple[Visit, Visit]:
    """By somebody new, and once more by the same."""
    context = browser.new_context(**_TELEPHONE)
    try:
        return _visit(context, address), _visit(context, address)
    finally:
        context.close()


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    page.add_init_script(_WATCH)
    line = context.new_cdp_session(page)
    answers: list[dict[str, Any]] = []
    sizes: list[float] = []
    line.on("Network.responseReceived", lambda told: answers.append(told["response"]))
    line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", _SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(_SETTLED_MS)
    seen = page.evaluate("seen")
    page.close()
    asked = [each for each in answers if not each.get("fromDiskCache")]
    return Visit(seen["paint"], seen["shift"], seen["blocked"], len(asked), sum(sizes))


def _medians(visits: list[Visit]) -> Visit:
    return Visit(*(statistics.median(each) for each in zip(*visits, strict=True)))


@contextmanager
def _compressing(origin: str) -> Iterator[str]:
    """What stands at the origin, from memory, for as long as the block."""

    @cache
    def fetched(path: str) -> httpx.Response:
        return httpx.get(origin + path, timeout=60, trust_env=False)

    class Served(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            there = fetched(self.path)
            kept = there.headers.get("etag") and self.headers.get("if-none-match") == there.headers["etag"]
            text = there.headers.get("content-type", "").startswith(_TEXT)
            body = b"" if kept else gzip.compress(there.content, 6) if text else there.content
            self.send_response_only(304 if kept else there.status_code)
            for name in _PASSED_ON:
                if name in there.headers:
                    self.send_header(name, there.headers[name])
            if text and not kept:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """The table says all there is to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
