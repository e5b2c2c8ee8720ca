"""Where the feeds of a page are: the page says it in its head, and else they stand where most have them."""

from html.parser import HTMLParser
from urllib.parse import urljoin

from sources.entries import address

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_USUAL = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss/", "feed.json")
_MOST = 5


def named(page: str, url: str) -> list[str]:
    """Those that the page names, in its order; comments' feeds last."""
    head = _Head(url)
    head.feed(page)
    found = list(dict.fromkeys(head.found))
    return sorted(found, key=lambda each: "comments" in each)[:_MOST]


def usual(url: str) -> list[str]:
    """Beside the page, then at the root of its site."""
    folder = url if url.endswith("/") else f"{url}/"
    places = (urljoin(base, name) for base in (folder, urljoin(url, "/")) for name in _USUAL)
    return list(dict.fromkeys(places))[: len(_USUAL) + 2]


class _Head(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and (base := address(given.get("href"), self._base)):
            self._base = base
        if tag not in ("link", "a") or "alternate" not in given.get("rel", "").lower().split():
            return
        kind = given.get("type", "").partition(";")[0].strip().lower()
        found = address(given.get("href"), self._base)
        if found and kind in _TYPES and "/wp-json/" not in found:
            self.found.append(found)
