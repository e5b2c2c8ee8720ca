"""Effect of MediaChanged: highlights that were written before their media was ready show it from now on."""

from contextlib import suppress

from core import keys, media, table
from core.errors import NotFound
from core.events import MediaChanged, subscriber
from core.media import Shown
from timeline import store
from timeline.attachments import held
from timeline.highlight import Highlight


@subscriber(MediaChanged)
def handler(event: MediaChanged) -> None:
    item = table.get(keys.media(event.media_id), consistent=True)
    if item is None or item["state"] in ("waiting", "processing"):
        return
    for holder_id, holder in item["refs"].items():
        if holder == "highlight":
            _show(holder_id, media.shown(item))


def _show(highlight_id: str, now: Shown) -> None:
    fact = table.get(keys.highlight(highlight_id), consistent=True)
    if fact and _with(store.highlight(fact), now).media != store.highlight(fact).media:
        with suppress(NotFound):
            store.change(highlight_id, lambda old: _with(old, now))


def _with(old: Highlight, now: Shown) -> Highlight:
    """The next version, though its owner did nothing: `updated_at` stays."""
    copies = [each.showing(now) if each.id == now.id else each for each in old.media]
    return old.model_copy(update=held(copies) | {"version": old.version + 1})
