"""The providers whose players we know: a fixed list, and addresses of players that are made by us.

What a provider says (oEmbed) is read for a title and a picture. Its HTML never reaches a page: at most an id
is taken from it, where the address alone does not hold one (SlideShare).
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

type Frame = Callable[[re.Match[str]], str]


class Player(NamedTuple):
    name: str
    page: re.Pattern[str]
    endpoint: str
    frame: Frame | None  # of the page's address
    key: re.Pattern[str] | None = None  # or of a key in the provider's HTML, where this is the frame

    def oembed(self, url: str) -> str:
        return self.endpoint + quote(url, safe="")

    def embed(self, url: str, html: str) -> str | None:
        if self.frame and (page := self.page.match(url)):
            return self.frame(page)
        key = self.key.search(html) if self.key else None
        return key[0] if key else None


def of(url: str) -> Player | None:
    return next((each for each in _PLAYERS if each.page.match(url)), None)


def _vimeo(page: re.Match[str]) -> str:
    return f"https://player.vimeo.com/video/{page['id']}" + (f"?h={page['key']}" if page["key"] else "")


_PLAYERS = (
    Player(
        "YouTube",
        re.compile(
            r"https?://(?:(?:www\.|m\.|music\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?![\w-])",
            re.ASCII,
        ),
        "https://www.youtube.com/oembed?format=json&url=",
        lambda page: f"https://www.youtube-nocookie.com/embed/{page['id']}",
    ),
    Player(
        "Vimeo",
        re.compile(
            r"https?://(?:www\.)?vimeo\.com/(?:channels/[\w-]{1,60}/)?(?P<id>[0-9]{3,15})(?:/(?P<key>[0-9a-f]{6,20}))?"
            r"(?=[/?#]|$)",
            re.ASCII,
        ),
        "https://vimeo.com/api/oembed.json?url=",
        _vimeo,
    ),
    Player(
        "Spotify",
        re.compile(
            r"https?://open\.spotify\.com/(?:intl-[a-z]{2}/)?(?P<kind>track|album|playlist|episode|show|artist)/"
            r"(?P<id>[A-Za-z0-9]{22})(?=[/?#]|$)"
        ),
        "https://open.spotify.com/oembed?url=",
        lambda page: f"https://open.spotify.com/embed/{page['kind']}/{page['id']}",
    ),
    Player(
        "SoundCloud",
        re.compile(
            r"https?://(?:www\.|m\.)?soundcloud\.com/(?P<path>[\w-]{1,60}/(?:sets/)?[\w-]{1,200})(?=[/?#]|$)",
            re.ASCII,
        ),
        "https://soundcloud.com/oembed?format=json&url=",
        lambda page: (
            "https://w.soundcloud.com/player/?url=" + quote(f"https://soundcloud.com/{page['path']}", safe="")
        ),
    ),
    Player(
        "SlideShare",
        re.compile(r"https?://(?:www\.|[a-z]{2}\.)?slideshare\.net/(?:slideshow/)?[\w-]+/[\w-]+", re.ASCII),
        "https://www.slideshare.net/api/oembed/2?format=json&url=",
        None,
        re.compile(r"https://www\.slideshare\.net/slideshow/embed_code/key/[A-Za-z0-9]{6,30}(?=[\"'?])"),
    ),
    Player(
        "CodePen",
        re.compile(
            r"https?://codepen\.io/(?P<who>[\w-]{1,60})/(?:pen|details|full|live)/(?P<id>[A-Za-z0-9]{4,40})(?=[/?#]|$)",
            re.ASCII,
        ),
        "https://codepen.io/api/oembed?format=json&url=",
        lambda page: f"https://codepen.io/{page['who']}/embed/{page['id']}",
    ),
)
