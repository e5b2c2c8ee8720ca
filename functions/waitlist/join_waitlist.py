"""POST /v1/waitlist"""

from core import mail, table
from core.http import Reply, endpoint
from core.network import Network
from core.request import Body, Now
from core.shapes import person
from waitlist import limits
from waitlist.place import Joining, link

_SLOT_SECONDS = 600  # whoever presses twice gets one mail


@endpoint(status=202)
def handler(joining: Body[Joining], network: Network, now: Now) -> Reply:
    """Nothing is looked up, so there is nothing to be told: a mail goes out, and all else is in its link."""
    limits.JOINS_OF_NETWORK.spend(network, now)
    limits.JOINS_OF_ADDRESS.spend(person(joining.email), now)
    slot = str(int(now.timestamp()) // _SLOT_SECONDS)
    token = link(joining.email, now)
    table.write(mail.wanted("waitlist-confirmation", joining.email, slot, now, token=token))
    return Reply(None, status=202)
