"""Admissions from the waiting list: rounds of so many; each has a code that is good for two weeks."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from core import invited, keys, mail, table
from core.clock import new_id, timestamp
from core.table import ConditionFailed, Item, Write
from waitlist import queue
from waitlist.place import GOOD_FOR_DAYS, Next

_UNUSED = "code_digest = :code AND attribute_not_exists(redeemed_at)"


def round_of(count: int, now: datetime, by: str) -> Item:
    """A fact: so many are to be admitted. The effect admit_next does it, and no more than that."""
    round_id = new_id()
    said = {"id": round_id, "version": 1, "count": count, "by": by, "at": timestamp(now)}
    return keys.admission_round(round_id)._asdict() | said


def done(round_id: str) -> int:
    progress = table.get(keys.progress(round_id), consistent=True)
    return progress["done"] if progress else 0


def finish(round_id: str, done: int, count: int) -> None:
    """Nobody is left to be admitted: who comes later waits for another round."""
    table.write(_progress(round_id, done, count))


def admit(person: Next, round_id: str, done: int, now: datetime) -> None:
    """Raises ConditionFailed where the round got on, or the person left, a moment earlier."""
    until, code = timestamp(now + timedelta(days=GOOD_FOR_DAYS)), secrets.token_urlsafe(24)
    named = {"digest": person.digest, "email": person.email, "number": person.number}
    entry = named | {"code_digest": invited.digest(code), "at": timestamp(now), "until": until}
    table.write(
        _progress(round_id, done, done + 1),
        *queue.out(person.number),
        queue.admitted(person.digest, person.number, until),
        table.put(keys.admitted(until, person.digest)._asdict() | entry),
        table.update(
            keys.admission(invited.digest(person.email)),
            "SET code_digest = :code, expires_at = :until",
            code=invited.digest(code),
            until=until,
        ),
        mail.wanted("admission", person.email, str(person.number), now, code=code),
    )


def _progress(round_id: str, seen: int, done: int) -> Write:
    item = keys.progress(round_id)._asdict() | {"done": done}
    if seen:
        return table.put(item, "#done = :seen", seen=seen)
    return table.put(item, "attribute_not_exists(pk)")


def unused(many: int, until: str | None = None) -> list[Item]:
    """Those whose time ends first; `until`: whose time has ended by then."""
    span = ("0", until) if until else None
    items, _ = table.query(keys.ADMITTED, span, limit=many, consistent=True)
    return items


def not_come(entries: list[Item]) -> list[Item]:
    """Those of them who have not opened an account with it."""
    found = {item[keys.PK]: item for item in table.get_many(_admission(each) for each in entries)}
    return [each for each in entries if "redeemed_at" not in found.get(_admission(each).pk, {})]


def pass_on(entry: Item, place: Write, now: datetime) -> None:
    """Off the list; and the next one is admitted, unless this one has come."""
    gone = table.delete(keys.admitted(entry["until"], entry["digest"]), "attribute_exists(pk)")
    void = table.delete(_admission(entry), _UNUSED, code=entry["code_digest"])
    try:
        table.write(gone, place, void, table.put(round_of(1, now, by="time")))
    except ConditionFailed as failure:
        if 0 in failure.found:
            return  # it was done before
        if 2 not in failure.found:
            raise
        table.write(gone, place)


def entry_of(digest: str, place: Item) -> Item | None:
    return table.get(keys.admitted(place["until"], digest), consistent=True)


def _admission(entry: dict[str, Any]) -> keys.Key:
    return keys.admission(invited.digest(entry["email"]))
