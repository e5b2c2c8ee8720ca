"""GET /v1/inboxes"""

from core.http import endpoint
from core.request import Caller
from core.shapes import Page
from sources import inboxes
from sources.inboxes import Inbox


@endpoint()
def handler(me: Caller) -> Page[Inbox]:
    return Page(items=inboxes.of_member(me.id))
