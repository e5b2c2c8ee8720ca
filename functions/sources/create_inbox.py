"""POST /v1/inboxes"""

from core.http import endpoint
from core.request import Body, Caller, Now
from sources import inboxes, limits
from sources.inboxes import InboxShownOnce, NewInbox


@endpoint(status=201)
def handler(new: Body[NewInbox], me: Caller, now: Now) -> InboxShownOnce:
    """Takes no Idempotency-Key: what a repeat is answered is kept, and this must stand nowhere."""
    limits.INBOXES.spend(me.id, now)
    return inboxes.make(new, me.id, now)
