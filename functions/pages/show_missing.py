"""GET /v1/missing/{address+}

What the edge shows where no page stands: of who is gone, hidden or never was it says the same.
"""

import os
import re
from functools import cache
from html import escape
from pathlib import Path as File

from core import handles
from core.errors import Moved, NotFound
from core.http import Reply, endpoint
from core.request import Path

_PROFILE = re.compile(r"(?:pages/)?@([\w-]{1,30})(?:/(.*?))?(?:/?index\.html)?")
_SHOWN_FOR = "public, max-age=0, s-maxage=2"  # a page may come to stand there at any moment


@endpoint()
def handler(address: Path) -> Reply:
    profile = _PROFILE.fullmatch(address)
    if profile is None:
        said = "This address leads to nothing: it may be misspelt, or what stood here was taken away."
        return _page("Nothing stands here", said, "/space-station", "See who is here")
    handle, rest = profile[1], profile[2]
    if (now := _now(handle)) and now != handle:
        location = f"/@{now}/{rest}" if rest else f"/@{now}"
        return Reply("", 301, {"location": location, "cache-control": _SHOWN_FOR})
    said = "Nobody shows a page here to everybody. It may be gone, or for members only, or never have been."
    return _page("No page for everybody", said, f"/app/@{handle.lower()}", "Look as a member")


def _now(handle: str) -> str | None:
    """By which handle this member is seen by everybody, if they are."""
    try:
        return handles.find(handle.lower(), None).handle
    except Moved as moved:
        return moved.path["handle"]
    except NotFound:
        return None


def _page(title: str, said: str, on: str, onward: str) -> Reply:
    words = {"title": title, "said": said, "on": on, "onward": onward}
    words |= {"icon": os.environ["PAGE_ICON"], "style": os.environ["PAGE_STYLE"]}
    text = _template()
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", escape(value))
    return Reply(text, 404, {"cache-control": _SHOWN_FOR})


@cache
def _template() -> str:
    return (File(__file__).with_name("missing") / "missing.html").read_text()
