"""GET /v1/me/waiting"""

from contacts import lists
from contacts.lists import Waiting
from core.http import endpoint
from core.request import Caller, Now


@endpoint()
def handler(me: Caller, now: Now) -> Waiting:
    return lists.waiting(me.id, now)
