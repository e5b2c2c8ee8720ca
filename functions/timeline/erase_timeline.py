"""Effect of DepartureChanged: the member's highlights, their credits on those of others, and their counts."""

from contextlib import suppress
from datetime import datetime

from core import clock, erasing, keys, table
from core.errors import Changed, NotFound
from core.keys import SK, Key
from timeline import store

_AT_ONCE = 20


@erasing.eraser
def handler(member_id: str) -> None:
    done = [
        _erase_arrivals(member_id),
        _erase_highlights(member_id),
        _erase_credits(member_id, clock.now()),
    ]
    first, last = keys.years(member_id, ""), keys.years(member_id, "~")
    erasing.drop(first.pk, (first.sk, last.sk))
    if not all(done):
        erasing.go_on(member_id)


def _erase_arrivals(member_id: str) -> bool:
    """With what is noted of the highlights that they became, so that nothing is made or taken back anew."""
    partition = keys.arrivals_of(member_id)["gsi2pk"]
    found, more = table.query(partition, index="gsi2", limit=_AT_ONCE)
    gone = [Key(item[keys.PK], sk) for item in found for sk in (item[SK], keys.taken("", "").sk)]
    table.write_many([], gone)
    return more is None


def _erase_highlights(member_id: str) -> bool:
    """Their entries go with them, and what others' timelines and counts hold of them follows."""
    entries, more = table.query(keys.entry(member_id, "all", "", "").pk, limit=_AT_ONCE, consistent=True)
    own = [item["id"] for item in entries if "shared" not in item]
    for highlight_id in own:
        fact = table.get(keys.highlight(highlight_id), consistent=True)
        if fact:
            with suppress(Changed):  # by a request that was under way: the next run takes it
                store.remove(store.highlight(fact))
    return more is None


def _erase_credits(member_id: str, now: datetime) -> bool:
    named, more = table.query(keys.named(member_id, "").pk, limit=_AT_ONCE, consistent=True)
    for item in named:
        try:
            store.change(item[SK], lambda old: old.changed(now, collaborators=old.without(member_id)))
        except NotFound:
            table.write(table.delete(keys.named(member_id, item[SK])))
    return more is None
