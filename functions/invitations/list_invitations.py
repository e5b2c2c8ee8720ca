"""GET /v1/me/invitations"""

from core import keys, table
from core.http import endpoint
from core.request import Caller, Now
from invitations import store
from invitations.invitation import Invitation, Invitations, seen


@endpoint()
def handler(me: Caller, now: Now) -> Invitations:
    """The latest first, and the free ones that were never used last."""
    places = store.places(me.id)
    came = [item["redeemed_by"] for item in places.values() if "redeemed_by" in item]
    members = {item["id"]: item for item in table.get_many(map(keys.member, came))} if came else {}
    free = store.free(places, now)
    used = sorted(places.values(), key=lambda item: str(item["sent_at"]), reverse=True)
    never = [Invitation(state="free") for number in free if number not in places]
    return Invitations(free=len(free), items=[seen(item, now, members) for item in used] + never)
