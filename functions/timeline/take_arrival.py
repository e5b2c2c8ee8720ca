"""Effect of ArrivalChanged: what came from outside stands on the timeline, as its member has left it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from core import clock, keys, table
from core.derived import Contended, collection
from core.errors import AppError, Changed, Invalid, NotFound
from core.events import ArrivalChanged, subscriber
from core.keys import Key
from core.media import Unsteady
from core.table import Item, Write
from timeline import arriving, attachments, composing, people, store
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
            _withdraw(fact, marker, taken, now)
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
    media = _media(arrival)
    given = {"given": arriving.given(new)} | ({"picture": media["media"][0].id} if media["media"] else {})
    if taken is None or "highlight_id" not in taken:
        made = arriving.made(new, media, author, now, history=bool(arrival["wanted"].get("history")))
        referring = attachments.writes([], made.media, made.id, now)
        return table.write(*store.added(made), *referring, *noted("made", **given, highlight_id=made.id))
    old = _highlight(taken)
    if old is None:  # its member has deleted it, and does not want it again
        return table.write(*noted("kept", **given, reason="You have deleted its highlight."))
    changes = arriving.changes(old, taken["given"], new) | arriving.shown(old, taken.get("picture"), media)
    if not changes:
        is_same = given["given"] == arriving.complete(taken["given"])
        return table.write(*noted("same" if is_same else "kept", **given))
    try:
        changed = composing.edited(old, changes, now)
    except AppError as refusal:  # together with what the member has changed it would contradict itself
        return table.write(*noted("kept", reason=refusal.detail))
    referring = attachments.writes(old.media, changed.media, old.id, now)
    return store.replace(old, changed, *referring, *noted("updated", **given))


def _media(arrival: Item) -> dict[str, Any]:
    """Nothing where it was refused meanwhile, or its member has deleted it."""
    with suppress(Invalid):
        return attachments.attached(arriving.picture(arrival), arrival["member_id"])
    return attachments.held([])


def _withdraw(fact: Key, marker: Key, taken: Item, now: datetime) -> None:
    """Nobody holds it any more: its highlight goes, unless its member has made something else of it."""
    forgotten = [
        table.check(fact, "attribute_not_exists(pk)"),
        table.delete(marker, "revision = :seen", seen=taken["revision"]),
    ]
    old = _highlight(taken)
    if old and arriving.is_as_given(old, taken["given"], taken.get("picture")):
        store.remove(old, *attachments.writes(old.media, [], old.id, now), *forgotten)
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
    told = {name: before[name] for name in ("highlight_id", "given", "picture") if before and name in before}
    revision = before["revision"] if before else 0
    item = marker._asdict() | told | values | {"outcome": outcome, "seen": version, "revision": revision + 1}
    if before:
        return table.put(item, "revision = :before", before=revision)
    return table.put(item, "attribute_not_exists(pk)")
