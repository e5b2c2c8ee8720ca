"""POST /v1/waitlist/departures"""

from core import table
from core.http import Reply, endpoint
from core.request import Body, Now
from core.table import ConditionFailed, Item
from waitlist import admitting, place, queue
from waitlist.place import Held


@endpoint(status=204)
def handler(held: Body[Held], now: Now) -> Reply:
    """At once; doing it again changes nothing. An admission that was not used goes to the next one."""
    digest = place.read(held.token).digest
    while found := queue.find(digest):
        try:
            _leave(digest, found, now)
        except ConditionFailed:  # admitted, or left by another press of the button, a moment before
            continue
        break
    return Reply(None)


def _leave(digest: str, found: Item, now: Now) -> None:
    gone = queue.left(digest, found, now)
    if found["state"] == "waiting":
        table.write(gone, *queue.out(found["number"]))
    elif entry := admitting.entry_of(digest, found):
        admitting.pass_on(entry, gone, now)
