"""When which source is looked at: a list by time, in shards, and claims, so that one looks at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from core import clock, keys, table
from core.table import Item
from sources import polling
from sources.entries import Feed
from sources.polling import Look
from sources.taking import Taken

_PAGE = 200
_PREVIEWED_IN = timedelta(minutes=5)  # or it is tried again


def due(shard: int, now: datetime) -> Iterator[Item]:
    """Those that have waited the longest first."""
    after: keys.Key | None = None
    bounds, place = ("0", f"{clock.timestamp(now)}~"), None
    while True:
        items, more = table.query(
            keys.polls(shard), bounds, index="gsi1", limit=_PAGE, after=after, item=place
        )
        yield from items
        if more is None:
            return
        last = items[-1]
        after, place = keys.Key(last["gsi1pk"], last["gsi1sk"]), keys.poll(last["source_id"])


def is_due(poll: Item, now: datetime) -> bool:
    return "gsi1pk" in poll and bool(poll["next_at"] <= clock.timestamp(now))


def claim(poll: Item, now: datetime, *, is_preview: bool) -> Item | None:
    """The one write of a look that finds nothing new: when the next one is. None: another makes this look.

    Where this one dies on the way, the next finds what it would have found.
    """
    at = clock.timestamp(now)
    if is_preview:
        values = {"next_at": clock.timestamp(now + _PREVIEWED_IN)}
    else:
        values = {"next_at": polling.next_at(poll, now), "polled_at": at}
    return _replaced(poll, values)


def postpone(poll: Item, until: str) -> None:
    _replaced(poll, {"next_at": until})


def note(poll: Item, look: Look, taken: Taken | None, now: datetime, *, is_preview: bool) -> None:
    """What is to be known for the next time. Where its member asked for a look meanwhile, that one comes."""
    changes = dict(look.changes)
    if taken and (taken.new or taken.changed) and look.feed:
        changes["catch"] = _catch(look.feed, taken, now)
    if is_preview:
        changes["polled_at"] = clock.timestamp(now)
    is_last = look.is_over or (is_preview and not _comes_again(look))
    if not changes and not is_last:
        return
    if not _noted(poll, changes, is_last=is_last, seen=poll["next_at"]):
        _noted(poll, {name: value for name, value in changes.items() if name != "next_at"})


def caught(source_id: str, feed: Feed, taken: Taken, now: datetime) -> None:
    if taken.new or taken.changed:
        change, catch = "SET #catch = :catch", _catch(feed, taken, now)
        _written(table.update(keys.poll(source_id), change, "attribute_exists(pk)", catch=catch))


def closed_until(lane: str, now: datetime) -> str | None:
    """Until when a host wants to be left alone; None: it does not."""
    item = table.get(keys.host(lane))
    return str(item["until"]) if item and item["until"] > clock.timestamp(now) else None


def close(lane: str, until: datetime) -> None:
    """The whole host, whoever asks (429, 503 with a time)."""
    change = "SET #until = :until, #ttl = :ttl"
    values = {"until": clock.timestamp(until), "ttl": int(until.timestamp()) + 60}
    only_if = "attribute_not_exists(pk) OR #until < :until"
    _written(table.update(keys.host(lane), change, only_if, **values))


def _catch(feed: Feed, taken: Taken, now: datetime) -> Item:
    return {"at": clock.timestamp(now), "entries": feed.count, "new": taken.new, "changed": taken.changed}


def _comes_again(look: Look) -> bool:
    """A preview that failed for now is tried again; one that failed for good waits for another address."""
    trouble = look.changes.get("trouble") or {"code": ""}
    return trouble["code"] in ("busy", "failing", "timeout", "name", "broken", "refused")


def _replaced(poll: Item, values: dict[str, Any]) -> Item | None:
    values |= keys.poll_due(values["next_at"], poll["source_id"])
    change = ", ".join(f"#{name} = :{name}" for name in values)
    only_if = "next_at = :seen AND attribute_exists(gsi1pk)"
    key = keys.poll(poll["source_id"])
    return (
        poll | values
        if _written(table.update(key, f"SET {change}", only_if, **values, seen=poll["next_at"]))
        else None
    )


def _noted(poll: Item, changes: Item, *, is_last: bool = False, seen: str = "") -> bool:
    values = {name: value for name, value in changes.items() if value is not None}
    dropped = [f"#{name}" for name, value in changes.items() if value is None and name in poll]
    if is_last:
        dropped += ["gsi1pk", "gsi1sk"]
    elif "next_at" in values:
        values |= keys.poll_due(values["next_at"], poll["source_id"])
    change = "SET " + ", ".join(f"#{name} = :{name}" for name in values) if values else ""
    change += f" REMOVE {', '.join(dropped)}" if dropped else ""
    only_if = "attribute_exists(gsi1pk) AND next_at = :seen" if seen else "attribute_exists(pk)"
    told = values | ({"seen": seen} if seen else {})
    return not change or _written(table.update(keys.poll(poll["source_id"]), change, only_if, **told))


def _written(write: table.Write) -> bool:
    try:
        table.write(write)
    except table.ConditionFailed:
        return False
    return True
