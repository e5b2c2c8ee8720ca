"""Effect of MediaChanged: of media that is deleted the files are too."""

from core import keys, table
from core.events import MediaChanged, subscriber
from media import objects


@subscriber(MediaChanged)
def handler(event: MediaChanged) -> None:
    if table.get(keys.media(event.media_id), consistent=True) is None:
        objects.keep_only(event.media_id, ())
