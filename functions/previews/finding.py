"""How a preview is found: by the provider's own word where it has a player that we know, else by the page."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from core.errors import TooMany
from core.fetch import Fetched, FetchFailed, fetch
from core.html import text_of
from core.limits import Limit
from previews import players
from previews.page import fit, picture, read
from previews.preview import MAX_DESCRIPTION, MAX_SITE, MAX_TITLE, Found, Outcome

_FRESH = timedelta(days=7)
_REFUSED = timedelta(days=1)
_PASSING = timedelta(minutes=15)
_MOST_BYTES = 512 * 1024  # a page's head comes first
_SECONDS = 10.0
_HTML = ("text/html", "application/xhtml+xml")

# Our manners: an import of a whole blog would have us open all of its pages at once.
_HOSTS = Limit("preview-host", times=30, seconds=60)


def outcome(url: str, now: datetime) -> Outcome:
    try:
        _HOSTS.spend(urlsplit(url).netloc, now)
        return Outcome("ready", now + _FRESH, _found(url))
    except TooMany as busy:
        wait = timedelta(seconds=int(busy.headers["retry-after"]))
        return Outcome("failed", now + wait, reason="Many of this site's pages are being looked at; soon.")
    except _Refused as refused:
        wait = timedelta(seconds=refused.answer.retry_after or 0)
        status = refused.answer.status
        least = _PASSING if status == 429 or status >= 500 else _REFUSED
        return Outcome("failed", now + max(wait, least), reason=f"The server answered with status {status}.")
    except FetchFailed as failed:
        wait = _PASSING if failed.is_passing else _REFUSED
        return Outcome("failed", now + wait, reason=failed.reason)


class _Refused(Exception):
    def __init__(self, answer: Fetched) -> None:
        super().__init__(answer.status)
        self.answer = answer


def _found(url: str) -> Found:
    player = players.of(url)
    said = _said(player.oembed(url)) if player else None
    if not (player and said):
        return _page(url)._replace(embed=player.embed(url, "") if player else None)
    return Found(
        title=fit(said.get("title"), MAX_TITLE),
        description=fit(text_of(str(said.get("description") or "")), MAX_DESCRIPTION),  # SoundCloud's is HTML
        site_name=player.name,
        picture=picture(url, said.get("thumbnail_url")),
        embed=player.embed(url, str(said.get("html") or "")),
    )


def _said(address: str) -> dict[str, Any] | None:
    """The provider's oEmbed answer; None: it gave none, and the page may tell more."""
    try:
        answer = fetch(address, accept="application/json", max_bytes=64 * 1024, seconds=_SECONDS)
    except FetchFailed:
        return None
    said = answer.json()
    return said if said and said.get("title") else None


def _page(url: str) -> Found:
    answer = fetch(url, accept="text/html, */*;q=0.5", max_bytes=_MOST_BYTES, seconds=_SECONDS, cut=True)
    if answer.status != 200:
        raise _Refused(answer)
    host = urlsplit(answer.url).hostname or ""
    found = (
        read(answer.body, answer.headers.get("content-type", ""), answer.url) if _is_page(answer) else Found()
    )
    return found._replace(
        title=found.title or _file_name(answer.url) or host,
        site_name=found.site_name or fit(host.removeprefix("www."), MAX_SITE),
        picture=answer.url if answer.content_type.startswith("image/") else found.picture,
    )


def _is_page(answer: Fetched) -> bool:
    return answer.content_type in (*_HTML, "")


def _file_name(url: str) -> str:
    return fit(unquote(urlsplit(url).path.rpartition("/")[2]), MAX_TITLE)
