"""Effect of Uploaded: an archive is read, once, and becomes a preview. The file itself is not kept."""

from core.events import Uploaded, subscriber
from imports import reading


@subscriber(Uploaded)
def handler(event: Uploaded) -> None:
    reading.read(event.object.key)
