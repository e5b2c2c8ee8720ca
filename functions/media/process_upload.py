"""Effect of Uploaded: what came into quarantine is looked at, and made into what can be shown."""

from core import clock
from core.events import Uploaded, subscriber
from media.processing import process


@subscriber(Uploaded)
def handler(event: Uploaded) -> None:
    process(event.object.key, clock.now())
