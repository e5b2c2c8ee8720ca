"""RSS, RDF and Atom, by feedparser: what it makes of them, made safe and short. Runs in a child process only.

feedparser's own sanitiser is off, for it takes quadratic time; all HTML passes ours. `bozo` is advice: what
has a version, and entries or at least a title, is a feed.
"""

import io
import re
from typing import Any

import feedparser  # type: ignore[import-untyped]

from sources import medium
from sources.entries import MAX_ENTRIES, Entry, Feed, day_of, entry

_ITEM_END = re.compile(rb"</(?:\w+:)?(item|entry)\s*>")
_ROOTS = {b"rss": b"</channel></rss>", b"feed": b"</feed>", b"rdf:rdf": b"</rdf:RDF>"}
_ROOT = re.compile(rb"<(rss|feed|rdf:rdf)\b", re.IGNORECASE)
_MOST_READ = 500


class NoFeed(Exception):
    """It is something else."""


def read(body: bytes, content_type: str, url: str) -> Feed:
    counted = len(_ITEM_END.findall(body))
    headers = {"content-type": content_type} if content_type else {}
    parsed = feedparser.parse(
        io.BytesIO(_shortened(body)),
        response_headers=headers | {"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    said = parsed.feed
    if not parsed.get("version") or not (parsed.entries or said.get("title")):
        raise NoFeed
    generator = str(said.get("generator") or "")[:100]
    is_medium = generator == medium.GENERATOR or medium.is_medium(url)
    kept = [_entry(each, url, is_medium=is_medium) for each in parsed.entries[:MAX_ENTRIES]]
    return Feed(
        title=str(said.get("title") or "")[:200],
        generator=generator,
        hub=_link(said, "hub"),
        topic=_link(said, "self"),
        minutes=_minutes(said.get("ttl")),
        count=max(len(parsed.entries), counted if counted > _MOST_READ else 0),
        entries=[each for each in kept if each],
    )


def _shortened(body: bytes) -> bytes:
    """A hundred thousand items take minutes; the newest stand first. Cut after an item, and closed again."""
    ends = [found.end() for found, _ in zip(_ITEM_END.finditer(body), range(_MOST_READ + 1), strict=False)]
    root = _ROOT.search(body[:4096])
    if len(ends) <= _MOST_READ or root is None:
        return body
    return body[: ends[_MOST_READ - 1]] + _ROOTS[root[1].lower()]


def _entry(said: Any, url: str, *, is_medium: bool) -> Entry | None:
    html, base = _content(said)
    categories = [each.get("term") or each.get("label") for each in said.get("tags") or ()]
    names = ("published", "created", "updated")
    dates = [dict.get(said, name) for name in names]  # its own `get` gives one for the other
    parsed = (dict.get(said, f"{name}_parsed") for name in names)
    made = entry(
        key=str(said.get("id") or "").strip(),
        url=said.get("link"),
        base=base or url,
        title=said.get("title"),
        html=medium.cleaned(html) if is_medium else html,
        dates=[*dates, *map(day_of, parsed)],
        tags=categories,
        author=said.get("author"),
        pictures=_pictures(said),
        is_spoken=any(
            str(each.get("type", "")).startswith("audio/") for each in said.get("enclosures") or ()
        ),
    )
    return medium.as_read(made, has_tags=bool(categories)) if made and is_medium else made


def _content(said: Any) -> tuple[str, str]:
    """The longest that it says of itself, and what its relative addresses start from."""
    parts = [*(said.get("content") or ()), said.get("summary_detail") or {"value": said.get("summary")}]
    best = max(parts, key=lambda each: len(str(each.get("value") or "")))
    html = str(best.get("value") or "")
    if best.get("type") == "text/plain" and "<" not in html:
        html = html.replace("\n\n", "<p>")
    return html, str(best.get("base") or "")


def _pictures(said: Any) -> list[Any]:
    """Of Media RSS, then enclosures. The picture of a podcast's episode is mostly its show's."""
    media = [each for each in said.get("media_content") or () if _is_picture(each)]
    media += said.get("media_thumbnail") or ()
    found = [each.get("url") for each in media]
    return found + [each.get("href") for each in said.get("enclosures") or () if _is_picture(each)]


def _is_picture(said: Any) -> bool:
    return said.get("medium") == "image" or str(said.get("type", "")).startswith("image/")


def _link(said: Any, rel: str) -> str | None:
    links = said.get("links") or ()
    return next((str(each["href"]) for each in links if each.get("rel") == rel and each.get("href")), None)


def _minutes(ttl: Any) -> int | None:
    return int(ttl) if str(ttl or "").isdigit() and len(str(ttl)) < 6 else None
