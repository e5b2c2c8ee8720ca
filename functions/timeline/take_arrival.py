"""Effect of ArrivalChanged: what came from outside stands on the timeline, as its member has left it."""

from datetime import datetime

from core import clock, keys, table
from core.derived import Contended, collection
from core.errors import AppError, Changed, NotFound
from core.events import ArrivalChanged, subscriber
from core.keys import Key
from core.media import Unsteady
from core.table import Item, Write
from timeline import arriving, composing, people, store
from timeline.arriving import Refused
from timeline.highlight import Highlight

_TRIES = 8


@subscriber(ArrivalChanged)
def handler(event: ArrivalChanged) -> None:
    fact = keys.arrival(*event.arrival_id.split("#"))
    marker = Key(fact.pk, keys.taken("", "").sk)
    for _ in range(_TRIES):
        found = collection(fact)
        try:
            _settle(fact, found.get(fact.sk), marker, found.get(marker.sk), clock.now())
        except (table.ConditionFailed, Changed, Unsteady):
            continue  # somebody was faster: what follows is decided on what is there now
        return
    raise Contended(fact.pk)


def _settle(fact: Key, arrival: Item | None, marker: Key, taken: Item | None, now: datetime) -> None:
    if arrival is None:
        if taken:
            _withdraw(fact, marker, taken)
    elif taken is None or taken["seen"] != arrival["version"]:
        _take(fact, arrival, marker, taken, now)


def _take(fact: Key, arrival: Item, marker: Key, taken: Item | None, now: datetime) -> None:
    def noted(outcome: str, **values: object) -> list[Write]:
        return [_unchanged(fact, arrival), _marked(marker, taken, outcome, arrival["version"], values)]

    try:
        author = people.author(arrival["member_id"])
        new = arriving.read(arrival["wanted"], author)
    except (Refused, NotFound) as refusal:
        return table.write(*noted("refused", reason=str(refusal)))
    given = {"given": arriving.given(new)}
    if taken is None or "highlight_id" not in taken:
        made = arriving.made(new, author, now, history=bool(arrival["wanted"].get("history")))
        return table.write(*store.added(made), *noted("made", **given, highlight_id=made.id))
    old = _highlight(taken)
    if old is None:  # its member has deleted it, and does not want it again
        return table.write(*noted("kept", **given, reason="You have deleted its highlight."))
    changes = arriving.changes(old, taken["given"], new)
    if not changes:
        is_same = given["given"] == arriving.complete(taken["given"])
        return table.write(*noted("same" if is_same else "kept", **given))
    try:
        changed = composing.edited(old, changes, now)
    except AppError as refusal:  # together with what the member has changed it would contradict itself
        return table.write(*noted("kept", reason=refusal.detail))
    return store.replace(old, changed, *noted("updated", **given))


def _withdraw(fact: Key, marker: Key, taken: Item) -> None:
    """Nobody holds it any more: its highlight goes, unless its member has made something else of it."""
    forgotten = [
        table.check(fact, "attribute_not_exists(pk)"),
        table.delete(marker, "revision = :seen", seen=taken["revision"]),
    ]
    old = _highlight(taken)
    if old and arriving.is_as_given(old, taken["given"]):
        store.remove(old, *forgotten)
    else:
        table.write(*forgotten)


def _highlight(taken: Item) -> Highlight | None:
    item = (
        table.get(keys.highlight(taken["highlight_id"]), consistent=True) if "highlight_id" in taken else None
    )
    return store.highlight(item) if item else None


def _unchanged(fact: Key, arrival: Item) -> Write:
    return table.check(fact, "version = :seen", seen=arrival["version"])


def _marked(marker: Key, before: Item | None, outcome: str, version: int, values: Item) -> Write:
    """`revision` tells a state from the same one later."""
    known = {"highlight_id": before["highlight_id"]} if before and "highlight_id" in before else {}
    told = known | {"given": before["given"]} if before and "given" in before else known
    revision = before["revision"] if before else 0
    item = marker._asdict() | told | values | {"outcome": outcome, "seen": version, "revision": revision + 1}
    if before:
        return table.put(item, "revision = :before", before=revision)
    return table.put(item, "attribute_not_exists(pk)")
