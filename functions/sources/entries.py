"""An entry of a feed as we read it: plain values, bounded, whatever format it came in."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import escape, unescape
from itertools import chain, islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError

from core.html import text_of
from core.prose import markdown, plain
from core.shapes import WebAddress
from sources import picturing
from sources.picturing import Picture

MAX_ENTRIES = 200
MAX_TITLE, MAX_TEXT = 200, 5000
_MAX_TITLE_MADE = 80  # of the beginning of the text, where there is no title
_MAX_TAGS, _MAX_TAG = 30, 40
_MAX_ID = 1000
_MAX_PICTURES, _MAX_ALT = 20, 1000
_MAX_HTML = 400_000

_PARTIAL = re.compile(r"\d{4}(-\d{2})?")
_OLDEST = 1990  # of anything on the web: a clock that was never set says 1970
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src", re.IGNORECASE)
_BREAK = re.compile(r"(?=<(?:p|br|div|li|h[1-6])\b)", re.IGNORECASE)
_ADDRESS: TypeAdapter[str] = TypeAdapter(WebAddress)


class Entry(BaseModel):
    """`start`: the day as its author's clock had it, or what is known of it; None: it says none."""

    key: str  # what it is called in its feed
    url: str | None = None
    title: str
    text: str = ""  # Markdown
    start: str | None = None
    tags: list[str] = []
    author: str = ""
    picture: Picture | None = None  # on its host, where nobody but us may open it
    is_reply: bool = False  # perhaps: its member knows
    is_spoken: bool = False
    is_untitled: bool = False
    # What feeds do not say, and other sources do.
    kind: str = ""
    end: str | None = None
    ongoing: bool = False


class Feed(BaseModel):
    """`count`: how many entries there were, also where fewer are kept."""

    title: str = ""
    generator: str = ""
    hub: str | None = None
    topic: str | None = None  # what the feed says that it is called at the hub
    minutes: int | None = None  # how long it may be kept, as it says
    count: int = 0
    entries: list[Entry] = []


def entry(**said: Any) -> Entry | None:
    """Of what a feed says. None: it says nothing that could be shown.

    `said`: key, url, base, title, html, dates (the texts, best first), tags, author, is_spoken,
    pictures (addresses, best first; then those of the html).
    """
    url = address(said.get("url"), said.get("base", ""))
    html = str(said.get("html") or "")[:_MAX_HTML]
    text = markdown(html, MAX_TEXT)
    title = plain(text_of(str(said.get("title") or "")[:_MAX_HTML]), MAX_TITLE)
    shown = title or plain(text_of(_BREAK.sub(" ", html)), _MAX_TITLE_MADE) or _name_of(url)
    if not shown:
        return None
    start = next((found for each in said.get("dates", ()) if (found := day(each))), None)
    key = str(said.get("key") or "").strip() or url or f"{title}|{start}|{text[:200]}"
    return Entry(
        key=key[:_MAX_ID],
        url=url,
        title=shown,
        text=text,
        start=start,
        tags=_tags(said.get("tags", ())),
        author=plain(text_of(str(said.get("author") or "")), MAX_TITLE),
        picture=_picture(said.get("pictures", ()), html, url or said.get("base", "")),
        is_spoken=bool(said.get("is_spoken")),
        is_untitled=not title,
    )


def _picture(said: Iterable[Any], html: str, base: str) -> Picture | None:
    named = (Picture(str(url)) for url in said if url)
    for each in islice(chain(named, picturing.shown(html)), _MAX_PICTURES):
        if url := address(each.url, base):
            return Picture(url, plain(text_of(escape(each.alt)), _MAX_ALT))
    return None


def address(said: object, base: str) -> str | None:
    """Absolute, of the web, and without what only tells where a reader came from."""
    if not isinstance(said, str) or not said.strip():
        return None
    try:
        whole = _ADDRESS.validate_python(urljoin(base, said.strip()))
        parts = urlsplit(whole)
        kept = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(n, v)]
        if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)):
            return whole
        return _ADDRESS.validate_python(parts._replace(query=urlencode(kept)).geturl())
    except (ValidationError, ValueError):
        return None


def day(said: object) -> str | None:
    """As the author's own clock had it: no time zone moves a day. A year or a month stays one."""
    text = str(said or "").strip()
    if _PARTIAL.fullmatch(text):
        return text if _is_possible(text) else None
    try:
        found = (datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _sensible(found)


def day_of(seconds: Any) -> str | None:
    """Of what a parser has made of a date that we cannot read: a time in UTC."""
    try:
        return _sensible(date(*seconds[:3])) if seconds else None
    except (ValueError, TypeError):
        return None


def _sensible(found: date) -> str | None:
    today = datetime.now(UTC).date() + timedelta(days=1)  # it is tomorrow already, somewhere
    return found.isoformat() if date(_OLDEST, 1, 1) <= found <= today else None


def _is_possible(text: str) -> bool:
    year, _, month = text.partition("-")
    return _OLDEST <= int(year) <= datetime.now(UTC).year and 1 <= int(month or 1) <= 12


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or (name == "source" and value.startswith("rss"))


def _name_of(url: str | None) -> str:
    """Of something without title and text: a picture, a file."""
    if url is None:
        return ""
    parts = urlsplit(url)
    return plain(unescape(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc, MAX_TITLE)


def _tags(said: Any) -> list[str]:
    tags = (" ".join(str(each or "").split()) for each in said)
    return list(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= _MAX_TAG))[:_MAX_TAGS]
