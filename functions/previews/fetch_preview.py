"""Effect of PreviewChanged: whose preview is wanted, its page is opened. The only function here that may."""

from core import clock
from core.events import PreviewChanged, subscriber
from previews import store
from previews.finding import outcome


@subscriber(PreviewChanged)
def handler(event: PreviewChanged) -> None:
    if wanted := store.wanted(event.preview_id):
        store.keep(wanted, outcome(wanted["url"], clock.now()))
