"""POST /v1/waitlist/confirmations"""

from core.http import endpoint
from core.request import Body, Now
from waitlist import place, queue
from waitlist.place import Held, Place


@endpoint()
def handler(held: Body[Held], now: Now) -> Place:
    """The first time it makes the place, and later shows it."""
    link = place.read(held.token)
    return queue.shown(queue.find(link.digest) or queue.add(link, link.digest, now))
