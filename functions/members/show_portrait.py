"""Effect of MediaChanged: a profile whose picture was not ready shows it from now on."""

from contextlib import suppress

from core import clock, keys, media, table
from core.errors import NotFound
from core.events import MediaChanged, subscriber
from members import portraits, store


@subscriber(MediaChanged)
def handler(event: MediaChanged) -> None:
    item = table.get(keys.media(event.media_id), consistent=True)
    if item is None or item["state"] in ("waiting", "processing"):
        return
    shown = media.shown(item)
    for holder_id, holder in item["refs"].items():
        with suppress(NotFound):  # who is gone, or shut out
            if holder == "member" and not portraits.shows(store.get(holder_id, consistent=True), shown):
                store.change(holder_id, lambda old: portraits.showing(old, shown, clock.now()))
