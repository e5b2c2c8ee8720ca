"""Effect of SourceChanged: a source that is due is looked at. The only function of sources that may."""

import time
from datetime import datetime, timedelta

from core import clock
from core.events import SourceChanged, subscriber
from core.table import Item
from sources import hubs, linkedin, polling, schedule, store, taking
from sources.polling import Look


@subscriber(SourceChanged)
def handler(event: SourceChanged) -> None:
    time.sleep(event.wait_seconds)  # many of one host come one after the other
    found, now = store.read(event.source_id), clock.now()
    if found.fact is None:
        hubs.end(event.source_id, found.hub, now)
    elif found.poll and schedule.is_due(found.poll, now):
        _poll(found.fact, found.poll, found.hub, now)


def _poll(fact: Item, poll: Item, hub: Item | None, now: datetime) -> None:
    lane = poll.get("lane") or polling.lane(poll["feed_url"])
    if until := schedule.closed_until(lane, now):
        return schedule.postpone(poll, until)
    is_preview = fact["state"] == "previewing"
    claimed = schedule.claim(poll, now, is_preview=is_preview)
    if claimed is None:
        return None
    look = _look(fact, claimed, hub, now)
    feed_url = look.changes.get("feed_url") or poll["feed_url"]
    taken = taking.take(fact, look.feed, feed_url, now, is_whole=look.is_whole) if look.feed else None
    schedule.note(claimed, look, taken, now, is_preview=is_preview)
    if look.closes_host:
        schedule.close(lane, now + min(look.closes_host, timedelta(days=1)))
    if look.is_over:
        return store.stop(fact, now)
    if not is_preview:
        hubs.keep(fact["id"], hub, (claimed | look.changes).get("offers"), now)
    return None


def _look(fact: Item, poll: Item, hub: Item | None, now: datetime) -> Look:
    is_preview = fact["state"] == "previewing"
    if fact["kind"] == "linkedin":
        return linkedin.look(fact, poll, now, is_preview=is_preview)
    return polling.look(poll, now, is_preview=is_preview, is_pushed=bool(hub and hub.get("until")))
