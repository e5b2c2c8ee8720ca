"""One look at a feed, with the manners that good readers have, and what is to be known for the next one."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from core import clock
from core.fetch import Fetched, FetchFailed, fetch
from core.table import Item
from sources import finding, medium, reading
from sources.entries import Feed, address
from sources.reading import Read

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
)
_MOST_BYTES = 5 * 1024 * 1024
_SECONDS = 15.0
_MOST_PLACES = 6  # that are opened to find a feed

_HOURLY, _DAILY, _PUSHED = 60, 24 * 60, 12 * 60  # minutes
_BACK_OFF = timedelta(minutes=15)
_AT_MOST = timedelta(hours=24)
_REFUSED_FOR = (timedelta(hours=6), timedelta(hours=12), _AT_MOST)
_WHOLE_EVERY = timedelta(days=7)  # against servers whose validators are wrong
_MOVED_FOR = timedelta(days=6)
_PATIENCE = timedelta(days=3)
_MISSED_FOR = timedelta(days=7)
_UNREADABLE = 3
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})")
_LINK = re.compile(r"<([^<>]{1,2048})>\s*;([^<>]{0,300}?)(?=,\s*<|$)")


class Look(NamedTuple):
    """`changes` of the poll's item (None: without it from now on); nothing: all is as it was expected."""

    changes: Item
    feed: Feed | None = None
    closes_host: timedelta | None = None
    is_over: bool = False  # the source says that it is no more
    is_whole: bool = True  # so that what is not in it any more is gone


def look(poll: Item, now: datetime, *, is_preview: bool, is_pushed: bool) -> Look:
    try:
        answer, read = _opened(poll, now, is_preview=is_preview)
    except FetchFailed as failed:
        wait = back_off(poll) if failed.is_passing else _AT_MOST
        return Look(trouble(poll, now, failed.code, failed.reason, wait))
    if answer.status == 304:
        return Look(well(poll, {}))
    if answer.status != 200:
        return _refused(poll, answer, now)
    if read is None:
        again = {"whole_at": clock.timestamp(now)} if _is_whole(poll, now) else {}
        return Look(well(poll, _validators(answer) | again))
    if read.feed is None:
        return Look(_unreadable(poll, read, now, is_preview=is_preview))
    return _found(poll, answer, read.feed, now, is_pushed=is_pushed)


def next_at(poll: Item, now: datetime) -> str:
    """When it is looked at again if all goes well; spread, so that not all come at once."""
    minutes = poll.get("minutes", _HOURLY)
    return clock.timestamp(now + timedelta(minutes=minutes * (1 + spread(poll) / 10)))


def spread(poll: Item) -> float:
    """From 0 to 1, for each source another and always the same."""
    return int(hashlib.sha256(poll["source_id"].encode()).hexdigest()[:4], 16) % 100 / 100


def lane(feed_url: str) -> str:
    """What is asked slowly, one after the other: a host, or Medium under all its names."""
    return medium.LANE if medium.is_medium(feed_url) else urlsplit(feed_url).netloc


def _opened(poll: Item, now: datetime, *, is_preview: bool) -> tuple[Fetched, Read | None]:
    """With what was read of it; None: it is what it was. A preview looks for the feed where it is a page."""
    answer = _fetched(poll, now)
    if answer.status != 200 or _hash(answer) == poll.get("hash"):
        return answer, None
    read = reading.read(answer.body, answer.headers.get("content-type", ""), answer.url)
    if read.feed or not is_preview:
        return answer, read
    places = read.named or ([] if not _is_page(answer) else finding.usual(answer.url))
    for place in places[:_MOST_PLACES]:
        try:
            other = fetch(place, accept=_ACCEPT, max_bytes=_MOST_BYTES, seconds=5)
        except FetchFailed:
            continue
        if other.status == 200 and not (_is_page(other) and not read.named):
            found = reading.read(other.body, other.headers.get("content-type", ""), other.url)
            if found.feed:
                return other, found
    return answer, read


def _fetched(poll: Item, now: datetime) -> Fetched:
    known = {} if _is_whole(poll, now) else {name: poll.get(name, "") for name in ("etag", "modified")}
    return fetch(poll["feed_url"], accept=_ACCEPT, max_bytes=_MOST_BYTES, seconds=_SECONDS, **known)


def _is_whole(poll: Item, now: datetime) -> bool:
    return bool(poll.get("whole_at", "") < clock.timestamp(now - _WHOLE_EVERY))


def _found(poll: Item, answer: Fetched, feed: Feed, now: datetime, *, is_pushed: bool) -> Look:
    links = _links(answer)
    hub = links.get("hub") or address(feed.hub, answer.url)
    topic = links.get("self") or address(feed.topic, answer.url) or answer.url
    changes = _validators(answer) | {"hash": _hash(answer), "whole_at": clock.timestamp(now)}
    changes["offers"] = {"hub": hub, "topic": topic} if hub else None
    changes |= {"title": feed.title, "minutes": _minutes(answer, feed, is_pushed=is_pushed)}
    if feed.generator == medium.GENERATOR:
        changes["lane"] = medium.LANE
    return Look(well(poll, changes | _address(poll, answer, now)), feed)


def _address(poll: Item, answer: Fetched, now: datetime) -> Item:
    """What the feed was found at is its address. What it has moved to only if it stays so for days."""
    if "title" not in poll:
        return {"feed_url": answer.url}
    moved, seen = answer.moved_to, poll.get("moved")
    if moved is None:
        return {"moved": None} if seen else {}
    if not seen or seen["to"] != moved:
        return {"moved": {"to": moved, "since": clock.timestamp(now)}}
    is_settled = seen["since"] < clock.timestamp(now - _MOVED_FOR)
    return {"feed_url": moved, "etag": None, "modified": None, "moved": None} if is_settled else {}


def well(poll: Item, changes: Item) -> Item:
    """Only what is another than it was; a good look ends all trouble."""
    good = changes | {"errors": 0, "trouble": None, "refused_since": None}
    return {name: value for name, value in good.items() if poll.get(name) != value}


def _validators(answer: Fetched) -> Item:
    return {"etag": answer.etag or None, "modified": answer.modified or None}


def _refused(poll: Item, answer: Fetched, now: datetime) -> Look:
    status, host = answer.status, urlsplit(answer.url).hostname
    asked = timedelta(seconds=answer.retry_after or 0)
    if status == 410:
        reason = f"{host} says that this feed is gone for good."
        return Look(trouble(poll, now, "gone", reason, _AT_MOST), is_over=True)
    if status in (401, 403):
        wait = _REFUSED_FOR[min(poll.get("errors", 0), len(_REFUSED_FOR) - 1)]
        reason = f"{host} does not let us read it (status {status}). We go on trying."
        return Look(_untold(poll, trouble(poll, now, "refused", reason, wait), now))
    if status in (404, 406):
        since = (poll.get("trouble") or {}).get("since", clock.timestamp(now))
        missed = since < clock.timestamp(now - _MISSED_FOR)
        reason = (
            f"There is no feed at this address{' for a week now: is it still right?' if missed else ' now.'}"
        )
        return Look(trouble(poll, now, "not-found", reason, back_off(poll)))
    if status in (429, 503):
        wait = max(asked, _BACK_OFF) if answer.retry_after is not None else back_off(poll)
        reason = f"{host} asks us to come later."
        closed = wait if status == 429 or answer.retry_after is not None else None
        return Look(trouble(poll, now, "busy", reason, wait), closes_host=closed)
    reason = f"{host} answered with status {status}."
    return Look(trouble(poll, now, "failing", reason, max(asked, back_off(poll))))


def _unreadable(poll: Item, read: Read, now: datetime, *, is_preview: bool) -> Item:
    """A page instead of the feed, or something broken: what was taken stays; told from the third time on."""
    reason = f"{read.refused} Give the address of a feed, or of a page that names one."
    changes = trouble(poll, now, "no-feed", reason, back_off(poll))
    if not is_preview and changes["errors"] < _UNREADABLE:
        changes["trouble"] = poll.get("trouble")
    return changes


def trouble(poll: Item, now: datetime, code: str, reason: str, wait: timedelta) -> Item:
    before = poll.get("trouble") or {}
    since = before["since"] if before.get("code") == code else clock.timestamp(now)
    trouble = {"code": code, "reason": reason, "since": since}
    return {
        "errors": poll.get("errors", 0) + 1,
        "trouble": trouble,
        "next_at": clock.timestamp(now + min(wait, _AT_MOST)),
    }


def _untold(poll: Item, changes: Item, now: datetime) -> Item:
    """What passes mostly by itself, such as Medium's challenge, is told once it does not for days."""
    since = poll.get("refused_since") or clock.timestamp(now)
    if "title" in poll and since > clock.timestamp(now - _PATIENCE):
        return changes | {"trouble": poll.get("trouble"), "refused_since": since}
    return changes | {"refused_since": since}


def back_off(poll: Item) -> timedelta:
    doubled: int = 2 ** min(poll.get("errors", 0), 10)
    return min(_BACK_OFF * doubled, _AT_MOST)


def _minutes(answer: Fetched, feed: Feed, *, is_pushed: bool) -> int:
    """At most hourly where it can say that nothing is new, else daily; and as rarely as it asks for."""
    least = _HOURLY if answer.etag or answer.modified else _DAILY
    found = _MAX_AGE.search(answer.headers.get("cache-control", ""))
    asked = max(int(found[1]) // 60 if found else 0, feed.minutes or 0)
    return min(max(least, asked, _PUSHED if is_pushed else 0), _DAILY)


def _links(answer: Fetched) -> dict[str, str]:
    """Of the header, which counts before the document (W3C WebSub, 4)."""
    found: dict[str, str] = {}
    for url, about in _LINK.findall(answer.headers.get("link", "")[:8192]):
        for rel in ("hub", "self"):
            if re.search(rf"rel\s*=\s*\"?[^\";]*\b{rel}\b", about) and (whole := address(url, answer.url)):
                found.setdefault(rel, whole)
    return found


def _is_page(answer: Fetched) -> bool:
    return answer.content_type in ("text/html", "application/xhtml+xml")


def _hash(answer: Fetched) -> str:
    return hashlib.sha256(answer.body).hexdigest()[:32]
