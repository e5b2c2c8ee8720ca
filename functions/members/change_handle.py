"""PUT /v1/me/handle"""

from core.errors import Conflict
from core.handles import Handle
from core.http import endpoint
from core.limits import Limit
from core.request import Body, Caller, IfMatch, Now
from core.shapes import Shape
from members import store
from members.profile import Me

# A former handle leads to its member for ever and is nobody else's, so nobody may collect them.
_MOST_FORMER = 10
_CHANGES = Limit("handle", times=10, seconds=300)


class HandleChange(Shape):
    handle: Handle


@endpoint()
def handler(wanted: Body[HandleChange], me: Caller, seen: IfMatch, now: Now) -> Me:
    old = store.get(me.id, consistent=True)
    seen.check(old.version)
    if wanted.handle == old.handle:
        return old
    former = [each for each in old.former_handles if each != wanted.handle] + [old.handle]
    if len(former) > _MOST_FORMER:
        raise Conflict(f"You have {_MOST_FORMER} former handles already; take one of those.")
    _CHANGES.spend(me.id, now)
    new = old.changed(now, handle=wanted.handle, former_handles=former)
    store.replace(old, new)
    return new
