"""Effect of PreviewChanged: whose preview is wanted, its page is opened. The only function here that may."""

from core import clock
from core.events import PreviewChanged, subscriber
from previews import picturing, store
from previews.finding import outcome


@subscriber(PreviewChanged)
def handler(event: PreviewChanged) -> None:
    now = clock.now()
    if wanted := store.wanted(event.preview_id):
        picturing.keep(wanted, outcome(wanted["url"], now), now)
    else:
        picturing.let_go(event.preview_id, now)
