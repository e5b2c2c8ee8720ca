"""Effect of MediaChanged: previews whose picture was not ready show it from now on."""

from core import keys, media, table
from core.events import MediaChanged, subscriber
from previews import store


@subscriber(MediaChanged)
def handler(event: MediaChanged) -> None:
    item = table.get(keys.media(event.media_id), consistent=True)
    if item is None or item["state"] in ("waiting", "processing"):
        return
    for holder_id, holder in item["refs"].items():
        if holder == "preview":
            store.show(holder_id, media.shown(item))
