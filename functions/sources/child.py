"""The child that reads what strangers send as a feed: with little memory and time, and no rights.

python -m sources.child    gets a line {"url", "content_type"} and the body, and gives {"feed"} or {"refused"}
"""

import json
import sys
from typing import Any

from core.confinement import confine
from sources import finding, json_feed
from sources.feeds import NoFeed, read
from sources.json_feed import NoJsonFeed

_SECONDS = 5
_MEMORY = 400 << 20
_PAGES = (b"<!doctype html", b"<html")
_NAMES_SHOWN = 600_000  # of a page; heads are shorter


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    confine(memory=_MEMORY, seconds=_SECONDS)
    print(json.dumps(answer(body, asked["content_type"], asked["url"])))


def answer(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    start = body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    try:
        if start.startswith((b"{", b"[")):
            return {"feed": json_feed.read(body, url).model_dump()}
        if start.startswith(_PAGES):
            return _page(body, url)
        return {"feed": read(body, content_type, url).model_dump()}
    except (NoFeed, NoJsonFeed):
        return _page(body, url)
    except MemoryError:
        return {"refused": "It needs more memory to be read than we give to one feed."}


def _page(body: bytes, url: str) -> dict[str, Any]:
    named = finding.named(body[:_NAMES_SHOWN].decode("utf-8", "replace"), url)
    return {"refused": "It is no feed.", "named": named}


if __name__ == "__main__":
    main()
