"""One's lists of contacts, sent and received: a page takes two calls, whatever there is."""

from datetime import datetime

from contacts.contact import OPEN_FOR, Box, Card, Shown
from core import clock, cursors, keys, people, table
from core.keys import Key
from core.people import Seen
from core.request import Caller
from core.shapes import Page, Paged
from core.table import Item

_FIRST, _LAST = "0", "~"  # sort before and after every time


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
