"""The waiting list in the table.

Whoever joins gets the next number, and none is given twice. Those that wait are counted by the hundred, so
that a place is exact after two queries: of the hundreds before one's own, and of those before oneself in it.
"""

import os
import time
from datetime import datetime

from core import keys, table
from core.clock import timestamp
from core.errors import TooMany
from core.table import ConditionFailed, Item, Write
from waitlist.place import HUNDRED, LIST, Link, Next, Place, nobody

_TRIES = 20
_LEFT_KEPT_SECONDS = 7 * 86_400  # as long as a link makes a place
_MOST = 10_000  # a million numbers
_NEW = "attribute_not_exists(pk)"


def find(digest: str) -> Item | None:
    """The place of this address, if it is one still."""
    item = table.get(keys.waiting(digest), consistent=True)
    return item if item and item["state"] != "left" else None


def add(link: Link, digest: str, now: datetime) -> Item:
    """With the next number. Whoever loses that to somebody else takes the one after."""
    if not link.is_fresh(now):
        raise nobody()
    for tried in range(_TRIES):
        last = table.get(keys.LAST_NUMBER, consistent=True)
        number = last["number"] + 1 if last else 1
        place = {"state": "waiting", "number": number, "since": timestamp(now)}
        try:
            table.write(*_added(keys.waiting(digest)._asdict() | place, link, digest, last))
        except ConditionFailed as failure:
            if 1 in failure.found:
                return _existing(failure.found[1])
        else:
            return place
        time.sleep(os.urandom(1)[0] / 256 * 0.01 * (tried + 1))  # so that all get their turn
    raise TooMany("Very many join just now; try again in a moment.", headers={"retry-after": "5"})


def _existing(found: Item | None) -> Item:
    """By the same link, a moment earlier; unless it was left by it."""
    if found is None or found["state"] == "left":
        raise nobody()
    return found


def _added(item: Item, link: Link, digest: str, last: Item | None) -> list[Write]:
    number = item["number"]
    counted = keys.LAST_NUMBER._asdict() | {"number": number}
    first = table.put(counted, "#number = :seen", seen=last["number"]) if last else table.put(counted, _NEW)
    # A link from before they left makes no new place, a newer one does.
    place = table.put(item, f"{_NEW} OR (#state = :left AND left_at < :sent)", left="left", sent=link.sent_at)
    entry = {"number": number, "email": link.address, "digest": digest, "since": item["since"]}
    listed = table.put(keys.in_queue(number)._asdict() | entry)
    # They want these mails again, whatever they said before.
    return [first, place, listed, _count(number, 1), table.delete(keys.suppressed(digest, LIST))]


def out(number: int) -> list[Write]:
    """Off the list, if they are on it still."""
    return [table.delete(keys.in_queue(number), "attribute_exists(pk)"), _count(number, -1)]


def _count(number: int, by: int) -> Write:
    """Only ever beside a condition that holds once, so that nobody is counted twice."""
    return table.update(keys.hundred(number // HUNDRED), "ADD waiting :by", by=by)


def shown(place: Item) -> Place:
    counts = _counts()
    waiting = sum(counts.values())
    if place["state"] == "admitted":
        return Place(state="admitted", place=None, waiting=waiting, since=place["since"])
    hundred = place["number"] // HUNDRED
    earlier = sum(count for each, count in counts.items() if each < hundred)
    span = keys.in_queue(hundred * HUNDRED).sk, keys.in_queue(place["number"]).sk
    same, _ = table.query(keys.QUEUE, span, limit=HUNDRED, consistent=True)  # and oneself
    return Place(state="waiting", place=earlier + len(same), waiting=waiting, since=place["since"])


def waiting() -> int:
    return sum(_counts().values())


def _counts() -> dict[int, int]:
    """How many wait of each hundred."""
    items, _ = table.query(keys.HUNDREDS, limit=_MOST, consistent=True)
    return {int(item[keys.SK]): item["waiting"] for item in items}


def first(many: int) -> list[Next]:
    """Those that have waited the longest."""
    items, _ = table.query(keys.QUEUE, limit=many, consistent=True)
    return [Next(item["number"], item["email"], item["digest"], item["since"]) for item in items]


def left(digest: str, place: Item, now: datetime) -> Write:
    """Their link is of no more use; the address itself is gone."""
    at = int(now.timestamp())
    item = {"state": "left", "left_at": at, keys.TTL: at + _LEFT_KEPT_SECONDS}
    condition = "#state = :was AND #number = :mine"
    return table.put(
        keys.waiting(digest)._asdict() | item, condition, was=place["state"], mine=place["number"]
    )


def admitted(digest: str, number: int, until: str) -> Write:
    values = {"new": "admitted", "until": until, "old": "waiting", "mine": number}
    change, condition = "SET #state = :new, #until = :until", "#state = :old AND #number = :mine"
    return table.update(keys.waiting(digest), change, condition, **values)


def forgotten(digest: str, number: int) -> Write:
    """They may join again, at the end."""
    return table.delete(keys.waiting(digest), "attribute_not_exists(pk) OR #number = :mine", mine=number)
