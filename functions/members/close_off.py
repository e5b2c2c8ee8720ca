"""DELETE /v1/me/open-to/{activity}"""

from core import activities
from core.http import endpoint
from core.request import Caller, Now, Path
from members import store


@endpoint(status=204)
def handler(activity: Path, me: Caller, now: Now) -> None:
    known = activities.known(activity)
    store.change(me.id, lambda old: old.closed(known, now))
