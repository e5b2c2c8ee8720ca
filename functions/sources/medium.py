"""Medium's ways: where its feeds are, what its stories are called, and what it adds to them.

Checked on feeds of 2016 to 2026. Its identities are of 11 or 12 hex digits; the same story stands under
several hosts, and is one.
"""

import re
from urllib.parse import urlsplit

from sources.entries import Entry

GENERATOR = "Medium"
LANE = "medium"  # custom domains share Medium's own limit
_RESERVED = {"search", "me", "new-story", "plans", "membership", "tag", "p", "m"}
_USER = re.compile(r"@[\w.-]{1,60}")
_POST = re.compile(r"(?:/p/|-|/)([0-9a-f]{8,12})/?$")
_HOST = re.compile(r"(?:www\.)?medium\.com")
_OF_USER = re.compile(r"([\w-]{1,60})\.medium\.com")
_NAME = re.compile(r"[\w.-]{1,100}")
_MARKS = re.compile(r"[*_`~\\\[\]]|^[#>] ?", re.MULTILINE)  # of Markdown

_STATISTICS = re.compile(r"<img[^>]*(?:medium\.com/_/stat|stat\.medium\.com)[^>]*>", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:<hr\s*/?>)?\s*<p>\s*<a [^>]*>(?:(?!</p>).)*?</a>\s*was originally published in.{0,2000}$", re.DOTALL
)
_MORE = re.compile(r'<p class="medium-feed-link">.*?</p>', re.DOTALL)


class NoSource(Exception):
    """Why this is no address of one's own stories: words that go on with "is" or "must"."""


def feed_of(said: str) -> str:
    """Of what people paste: @user, a profile, a story, a publication, or a domain that Medium serves."""
    if _USER.fullmatch(said):
        return f"https://medium.com/feed/{said}"
    parts = urlsplit(said if "//" in said else f"https://{said}")
    host, path = (parts.hostname or "").lower(), [each for each in parts.path.split("/") if each]
    if own := _OF_USER.fullmatch(host):
        return f"https://{host}/feed" if own[1] != "www" else feed_of(f"https://medium.com{parts.path}")
    if not _HOST.fullmatch(host):
        if "." not in host:
            raise NoSource("is neither a Medium name such as @ana nor an address")
        return f"https://{host}/feed"
    return "https://medium.com/feed/" + _segment(path)


def _segment(path: list[str]) -> str:
    if path[:1] == ["feed"]:
        path = path[1:]
    first = path[0] if path else ""
    if first.lower() in _RESERVED or not first:
        raise NoSource("is a page of Medium's own, not somebody's profile or publication")
    if not _NAME.fullmatch(first) and not _USER.fullmatch(first):
        raise NoSource("is no address of a Medium profile, story or publication")
    return first


def is_medium(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return bool(_HOST.fullmatch(host) or _OF_USER.fullmatch(host))


def identity(entry: Entry) -> str | None:
    """The same by feed, by push (which pads it with white space) and by archive."""
    for said in (entry.key, entry.url or ""):
        if found := _POST.search(urlsplit(said).path if "//" in said else said):
            return f"medium:{found[1]}"
    return None


def cleaned(html: str) -> str:
    """Without the statistics picture and the tail of publications."""
    return _MORE.sub("", _TAIL.sub("", _STATISTICS.sub("", html)))


def as_read(entry: Entry, *, has_tags: bool) -> Entry:
    """Replies come as entries without categories whose title is the beginning of what they say."""
    beginning = entry.title.rstrip("…").strip()
    said = _MARKS.sub("", entry.text).strip()
    is_reply = not has_tags and (not said or said.startswith(beginning))
    url = (entry.url or "").partition("?")[0].partition("#")[0] or None
    return entry.model_copy(update={"is_reply": is_reply, "url": url})
