"""From what members paste to the address of a feed, where the site is known; else it is opened as it is."""

import re
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from core.errors import field
from core.outside import FetchFailed, target
from core.shapes import WebAddress
from sources import medium

_ADDRESS: TypeAdapter[str] = TypeAdapter(WebAddress)

# Host, path, and what becomes of it. Where a page names its feed (YouTube's handles), it is looked up there.
_SITES = (
    (r"(?:www\.|m\.)?youtube\.com", r"/channel/(UC[\w-]{22})(?:/.*)?", "https://www.youtube.com/feeds/videos.xml?channel_id={0}"),
    (r"github\.com", r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/releases)?/?", "https://github.com/{0}/{1}/releases.atom"),
    (r"dev\.to", r"/(?!feed/|t/)([\w-]+)/?(?:.*)", "https://dev.to/feed/{0}"),
    (r"([\w-]+)\.substack\.com", r"/(?:p/.*|about|archive)?", "https://{host}/feed"),
)  # fmt: skip


def feed_of(kind: str, said: str) -> str:
    """Raises Invalid, which names the field."""
    try:
        url = medium.feed_of(said) if kind == "medium" or _is_mediums(said) else _of_site(_whole(said))
        return target(_ADDRESS.validate_python(url)).url
    except medium.NoSource as refusal:
        raise field("address", str(refusal)) from None
    except ValidationError as error:
        raise field("address", error.errors()[0]["msg"].removeprefix("Value error, ")) from None
    except FetchFailed as refusal:
        raise field("address", refusal.reason) from None


def _is_mediums(said: str) -> bool:
    return said.startswith("@") or medium.is_medium(_whole(said))


def _whole(said: str) -> str:
    return said if re.match(r"[a-z][a-z0-9+.-]*:", said, re.IGNORECASE) else f"https://{said}"


def _of_site(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for site, path, feed in _SITES:
        if re.fullmatch(site, host) and (found := re.fullmatch(path, parts.path or "/")):
            return feed.format(*found.groups(), host=host)
    return url
