"""From what a feed holds to what its member gets: each entry once, by what it is called there.

An entry and the arrival that follows from it are written in one transaction, under the condition that the
entry is still what was read. So two that look at once, or a push and a look, make one of it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from core import arrivals, keys, table
from core.shapes import distinct
from core.table import Item, Write
from sources import medium
from sources.entries import MAX_ENTRIES, Entry, Feed

_AT_ONCE = 25  # of two writes each; a transaction holds 100, and 4 MB
_NEWS_FOR = timedelta(days=7)  # what is older when it comes is history
_KINDS = {
    "www.youtube.com": "video",
    "youtube.com": "video",
    "vimeo.com": "video",
    "github.com": "code",
    "dribbble.com": "design",
    "www.behance.net": "design",
}


class Taken(NamedTuple):
    new: int = 0
    changed: int = 0


def holder(source_id: str) -> str:
    return f"source_{source_id}"


def take(fact: Item, feed: Feed, feed_url: str, now: datetime, *, is_whole: bool) -> Taken:
    """`is_whole`: it is the feed itself, so that what is not in it any more is gone."""
    author = fact.get("author") or ""
    entries = [each for each in feed.entries if not author or each.author.casefold() == author.casefold()]
    found = {arrivals.digest(identity(each, fact)): each for each in reversed(entries)}
    known = _known(fact["id"], found)
    groups: list[list[Write]] = []
    taken = Taken()
    for digest, each in found.items():
        old = known.get(digest)
        new = _item(fact, digest, each, feed_url, now, old)
        if old is None:
            groups.append(_added(fact, new))
            taken = taken._replace(new=taken.new + 1)
        elif old["hash"] != new["hash"]:
            groups.append(_changed(fact, old, new))
            taken = taken._replace(changed=taken.changed + 1)
        elif old.get("missing") or old["state"] == "gone":
            groups.append([_moved(old, "taken" if old["state"] == "gone" else old["state"])])
    write(groups)
    if is_whole:
        _ask_of_the_gone(fact["id"], found, entries)
    return taken


def write(groups: Iterable[list[Write]]) -> None:
    """Many at once. Where another was faster with one of them, one by one: theirs stands."""
    for some in batched(groups, _AT_ONCE, strict=False):
        try:
            table.write(*(each for group in some for each in group))
        except table.ConditionFailed:
            for group in some:
                _write_alone(group)


def _write_alone(group: list[Write]) -> None:
    try:
        table.write(*group)
    except table.ConditionFailed:
        return


def identity(entry: Entry, fact: Item) -> str:
    """The same under another address of the same site, where its id is one for the whole web; of LinkedIn's
    rows the same as in its archive.
    """
    root = fact["root"]
    if fact["kind"] == "linkedin":
        return entry.key
    if story := medium.identity(entry) if medium.is_medium(root) else None:
        return story
    scheme, _, rest = entry.key.partition(":")
    if scheme in ("http", "https", "tag", "urn", "at") and rest:
        return f"entry:{rest}"
    parts = urlsplit(root)
    return f"entry:{parts.netloc}{parts.path}#{entry.key}"


def settled(fact: Item, item: Item, *, taken: bool) -> list[Write]:
    """What its member chose for an entry that was found: to take it, or to leave it."""
    if not taken:
        return [_moved(item, "left")]
    wanted = item["wanted"] | {"history": True}
    return [_moved(item, "taken"), _arrived(fact, item["identity"], wanted)]


def removed(item: Item) -> Write:
    """It stays known, so that it does not come again."""
    return _moved(item, "removed")


def kept(item: Item) -> Write:
    change, values = _placed(item, "taken")
    return table.update(
        _key(item), f"SET #kept = :yes, {change}", "#state = :was", yes=True, was=item["state"], **values
    )


def _known(source_id: str, digests: Iterable[str]) -> dict[str, Item]:
    wanted = [keys.found_entry(source_id, each) for each in digests]
    items = [item for some in batched(wanted, 100, strict=False) for item in table.get_many(some)]
    return {item["id"]: item for item in items}


def _item(fact: Item, digest: str, entry: Entry, feed_url: str, now: datetime, old: Item | None) -> Item:
    start = entry.start or (old or {}).get("start") or now.date().isoformat()
    kind = _kind(entry, feed_url)
    tags = distinct([*fact["tags"], *entry.tags])
    links = [{"url": entry.url}] if entry.url else []
    content = {"kind": kind, "title": entry.title, "start": start, "text": entry.text, "links": links}
    content |= {name: value for name in ("end", "ongoing") if (value := getattr(entry, name))}
    content |= {"picture": entry.picture._asdict()} if entry.picture else {}
    is_history = start < (now - _NEWS_FOR).date().isoformat()[: len(start)]  # this month's may be news
    wanted: Item = content | {"tags": tags, "badges": fact["badges"], "history": is_history}
    wanted["visibility"] = "public" if fact["publish"] == "at_once" else "draft"
    hashed = json.dumps(content | {"tags": entry.tags}, sort_keys=True).encode()
    about = {"id": digest, "source_id": fact["id"], "title": entry.title, "url": entry.url, "start": start}
    about |= {"kind": kind, "hash": hashlib.sha256(hashed).hexdigest()[:32], "is_reply": entry.is_reply}
    return about | {"identity": identity(entry, fact), "wanted": wanted}


def _added(fact: Item, new: Item) -> list[Write]:
    waits = fact["state"] == "previewing" or new["is_reply"]
    state = "found" if waits else "taken"
    put = table.put(_complete(new, state), "attribute_not_exists(pk)")
    return [put] if waits else [put, _arrived(fact, new["identity"], new["wanted"])]


def _changed(fact: Item, old: Item, new: Item) -> list[Write]:
    state = "taken" if old["state"] == "gone" else old["state"]
    put = table.put(
        _complete(new, state), "#hash = :seen AND #state = :was", seen=old["hash"], was=old["state"]
    )
    return [put, _arrived(fact, new["identity"], new["wanted"])] if state == "taken" else [put]


def _complete(new: Item, state: str) -> Item:
    """The whole text stands with it only for as long as it may still be taken."""
    item = {name: value for name, value in new.items() if name != "wanted" or state in ("found", "left")}
    place = keys.entries_of(new["source_id"], state, new["start"], new["id"])
    return keys.found_entry(new["source_id"], new["id"])._asdict() | item | place | {"state": state}


def _moved(item: Item, state: str) -> Write:
    change, values = _placed(item, state)
    dropped = "" if state in ("found", "left") else ", #wanted"
    return table.update(
        _key(item), f"SET {change} REMOVE #missing{dropped}", "#state = :was", was=item["state"], **values
    )


def _placed(item: Item, state: str) -> tuple[str, Item]:
    place = keys.entries_of(item["source_id"], state, item["start"], item["id"])
    return "#state = :state, gsi2pk = :pk2, gsi2sk = :sk2", {
        "state": state,
        "pk2": place["gsi2pk"],
        "sk2": place["gsi2sk"],
    }


def _arrived(fact: Item, identity: str, wanted: Item) -> Write:
    return arrivals.arrived(fact["member_id"], identity, holder(fact["id"]), wanted)


def _ask_of_the_gone(source_id: str, found: dict[str, Entry], entries: list[Entry]) -> None:
    """A feed shows the newest only: what has left at its end is not gone. What is missing between others is,
    the second time; its member is asked what is to become of it.
    """
    starts = [each.start or "" for each in entries]
    if len(starts) < 2 or starts != sorted(starts, reverse=True) or not starts[-1]:
        return  # not by date: nobody can tell what belongs between what
    partition = keys.entries_of(source_id, "taken")["gsi2pk"]
    since = (f"{starts[-1]}~", "~")
    taken, _ = table.query(partition, since, index="gsi2", limit=MAX_ENTRIES, newest_first=True)
    for item in (each for each in taken if each["id"] not in found and not each.get("kept")):
        if item.get("missing"):
            _write_alone([_moved(item, "gone")])
        else:
            _write_alone(
                [table.update(_key(item), "SET #missing = :yes", "#state = :was", yes=True, was="taken")]
            )


def _kind(entry: Entry, feed_url: str) -> str:
    host = urlsplit(entry.url or feed_url).hostname or ""
    if entry.is_spoken:
        return "work"
    return entry.kind or _KINDS.get(host) or ("personal" if entry.is_untitled else "article")


def _key(item: dict[str, Any]) -> keys.Key:
    return keys.found_entry(item["source_id"], item["id"])
