"""Effect of HighlightChanged: its own page, and those of all timelines on which it stands or stood."""

import time

from core import keys, table
from core.events import HighlightChanged, subscriber
from core.keys import SK
from core.table import Item
from pages import highlights

_PATIENCE_SECONDS = 4.0
_LOOK_EACH_SECONDS = 0.2


class NotSharedYet(Exception):
    """The entries on collaborators' timelines do not say yet what the highlight says."""


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    _wait_for_entries(event.highlight_id)
    highlights.settle([event.highlight_id], event.member_id)


def _wait_for_entries(highlight_id: str) -> None:
    """Pages are made of entries, and those of collaborators follow from the same event (share_highlight)."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not _is_shared(highlight_id):
        if time.monotonic() > until:
            raise NotSharedYet(highlight_id)  # the queue brings the event again
        time.sleep(_LOOK_EACH_SECONDS)


def _is_shared(highlight_id: str) -> bool:
    fact = keys.highlight(highlight_id)
    items, _ = table.query(fact.pk, limit=100, consistent=True)
    found = {item[SK]: item for item in items}
    shared = keys.shared(highlight_id, "").sk
    there = {sk.removeprefix(shared): each["state"] for sk, each in found.items() if sk.startswith(shared)}
    if fact.sk not in found:
        return not there
    start = found[fact.sk]["start"][:4]
    return {name: state["when"][:4] for name, state in there.items()} == dict.fromkeys(
        _confirmed(found[fact.sk]), start
    )


def _confirmed(fact: Item) -> list[str]:
    if fact["visibility"] == "draft":
        return []
    return [each["member_id"] for each in fact["collaborators"] if each["state"] == "confirmed"]
