"""What a page says of itself in its head: Open Graph first, then what HTML itself has for it.

By html.parser, which makes no tree: 80,000 open tags (400 KB) take parsers of HTML5 two minutes.
"""

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urljoin

from pydantic import TypeAdapter, ValidationError

from core.shapes import WebAddress
from previews.preview import MAX_DESCRIPTION, MAX_SITE, MAX_TITLE, Found

_ADDRESS = TypeAdapter[str](WebAddress)
_NAMES = {
    "title": ("og:title", "twitter:title"),
    "description": ("og:description", "description", "twitter:description"),
    "site_name": ("og:site_name", "application-name"),
    "picture": ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
}
_MAX_SAID = 5000  # of one thing, before it is made to fit
_ENCODING = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_NAMED = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

# By name, as Python has encodings that are no text's, and some that take long.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|us-ascii|(iso-?8859|windows|cp)-?\d{1,4}(-\d{1,2})?|latin-?1|koi8-[ru]|shift[_-]jis|sjis"
    r"|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5(-hkscs)?|macintosh",
    re.IGNORECASE,
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def read(body: bytes, content_type: str, url: str) -> Found:
    head = _Head()
    head.feed(_text(body, content_type))  # never closed: what is unfinished at the end is no news
    best = {field: next(filter(None, map(head.said.get, names)), "") for field, names in _NAMES.items()}
    return Found(
        title=fit(best["title"] or head.title, MAX_TITLE),
        description=fit(best["description"], MAX_DESCRIPTION),
        site_name=fit(best["site_name"], MAX_SITE),
        picture=picture(url, best["picture"]),
    )


def fit(text: object, longest: int) -> str:
    """On one line, without what cannot be seen, and not longer than it may be."""
    if not isinstance(text, str):
        return ""
    seen = "".join(" " if c.isspace() else c for c in text[:_MAX_SAID] if c.isspace() or not _is_hidden(c))
    line = " ".join(unicodedata.normalize("NFC", seen).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def picture(url: str, said: object) -> str | None:
    """Its address, if it is one that the web could have: what it leads to, the fetcher judges."""
    if not isinstance(said, str) or not said:
        return None
    try:
        return _ADDRESS.validate_python(urljoin(url, said.strip()))
    except (ValidationError, ValueError):
        return None


def _is_hidden(character: str) -> bool:
    """Those that join letters and emoji are text."""
    return unicodedata.category(character) in _HIDDEN and character not in "\u200c\u200d"


class _Head(HTMLParser):
    """The first of each; and nothing from the body on, which is the most of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = ""
        self._in_title = self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_body = self._in_body or tag == "body"
        if tag in ("title", "body"):
            self._in_title = not self.title and not self._in_body
        if tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").strip().lower()
            self.said.setdefault(name, given.get("content") or "") if name else None

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < _MAX_SAID:
            self.title += data


def _text(body: bytes, content_type: str) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    told = _NAMED.search(content_type)
    written = _ENCODING.search(body[:4096])
    name = told[1] if told else written[1].decode("ascii", "replace") if written else ""
    try:
        return body.decode(name if _KNOWN.fullmatch(name) else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
