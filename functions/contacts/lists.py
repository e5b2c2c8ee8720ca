"""One's lists of contacts, sent and received: a page takes two calls, whatever there is."""

from datetime import datetime

from contacts.contact import OPEN_FOR, Box, Card, Shown
from core import clock, cursors, keys, people, table
from core.keys import Key
from core.people import Seen
from core.request import Caller
from core.shapes import Id, Page, Paged, Shape
from core.table import Item

_FIRST, _LAST = "0", "~"  # sort before and after every time
_MOST_WAITING = 100


class Waiting(Shape):
    """How many ask for something and have no answer of one's own yet, and in which contacts there are
    messages that one has not read: of each at most 100.
    """

    asked: int
    unread: list[Id]


class ListContacts(Paged):
    box: Box
    state: Shown | None = None

    def part(self, now: datetime) -> tuple[str, tuple[str, str]]:
        """The list, and which part of it: time alone makes of a pending contact a closed one."""
        over = clock.timestamp(now - OPEN_FOR) + _LAST
        if self.state == "closed":
            return "pending", (_FIRST, over)
        return self.state or "all", (over if self.state == "pending" else _FIRST, _LAST)


def page(asked: ListContacts, me: Caller, now: datetime) -> Page[Card]:
    facet, (low, high) = asked.part(now)
    partition = keys.contacts(me.id, asked.box, facet, "", "").pk
    scope = f"{partition} {asked.state}"
    after = cursors.unseal(scope, asked.after) if asked.after else None
    if after and after < low:
        return Page(items=[])  # what was pending has been closed meanwhile
    items, last = table.query(
        partition,
        (low, high),
        limit=asked.limit,
        newest_first=True,
        after=Key(partition, after) if after else None,
        consistent=True,
    )
    seen = people.look([each["other_id"] for each in items], me)
    cards = [_card(each, seen, now) for each in items]
    return Page(items=cards, next=cursors.seal(scope, last.sk) if last else None)


def waiting(member_id: str, now: datetime) -> Waiting:
    facet, bounds = ListContacts(box="received", state="pending").part(now)
    partition = keys.contacts(member_id, "received", facet, "", "").pk
    asked, _ = table.query(partition, bounds, limit=_MOST_WAITING)
    unread, _ = table.query(keys.unread(member_id, "").pk, limit=_MOST_WAITING)
    return Waiting(asked=len(asked), unread=[each["contact_id"] for each in unread])


def _card(entry: Item, seen: Seen, now: datetime) -> Card:
    alias = entry.get("alias")
    own = {name: entry[name] for name in Card.model_fields if name in entry}
    other = {} if alias else {"other": seen.who(entry["other_id"])}
    return Card(**own | other | {"state": _state(entry, seen, now)})


def _state(entry: Item, seen: Seen, now: datetime) -> str:
    if entry["state"] == "pending" and entry["closes_at"] <= clock.timestamp(now):
        return "closed"
    if entry["state"] == "interested" and seen.is_cut(entry["other_id"]):
        return "ended"
    return str(entry["state"])
