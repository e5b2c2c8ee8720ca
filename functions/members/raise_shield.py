"""PUT /v1/me/shield"""

from core.http import endpoint
from core.request import Body, Caller, Now
from members import shielding, store
from members.profile import Me


@endpoint()
def handler(wanted: Body[shielding.NewShield], me: Caller, now: Now) -> Me:
    shield = shielding.raised(wanted, me.id)
    return store.change(me.id, lambda old: old.changed(now, shield=shield))
