"""PUT /v1/me/open-to/{activity}"""

from core import activities, clock
from core.errors import field
from core.http import endpoint
from core.request import Body, Caller, Now, Path
from members import store
from members.profile import Me, OpenTo


@endpoint()
def handler(activity: Path, openness: Body[OpenTo], me: Caller, now: Now) -> Me:
    known = activities.known(activity)
    if openness.expires_at and openness.expires_at <= clock.timestamp(now):
        raise field("expires_at", "has passed")
    return store.change(me.id, lambda old: old.opened(known, openness, now))
