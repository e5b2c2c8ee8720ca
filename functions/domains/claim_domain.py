"""PUT /v1/me/domain"""

import secrets
from typing import Annotated

from pydantic import StringConstraints

from core import clock
from core.errors import Conflict
from core.http import endpoint
from core.limits import Limit
from core.request import Body, Caller, Now
from core.shapes import Line, Shape
from domains import names, shown, store
from domains.claim import Claim
from domains.shown import Domain

_CLAIMS = Limit("domain", times=10, seconds=3600)


class WantedDomain(Shape):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=253)]


@endpoint()
def handler(wanted: Body[WantedDomain], me: Caller, now: Now) -> Domain:
    """In the place of the one before. To say it twice changes nothing, so that the records stay good."""
    name = names.wanted(wanted.name)
    old = store.claim_of(me.id)
    if old and old.name == name.ascii:
        return shown.domain(old)
    _CLAIMS.spend(me.id, now)
    held = store.held(name.ascii)
    if held and held.member_id != me.id:
        raise Conflict("This domain is another member's. When they give it up, you can have it.")
    stamp = clock.timestamp(now)
    new = Claim(
        id=me.id,
        version=old.version + 1 if old else 1,
        name=name.ascii,
        shown=name.shown,
        registered=name.registered,
        token=secrets.token_hex(16),
        claimed_at=stamp,
        due_at=stamp,
    )
    _replace(old, new)
    return shown.domain(new)


def _replace(old: Claim | None, new: Claim) -> None:
    try:
        store.replace(old, new)
    except store.Overtaken:
        raise Conflict("Your domain is just being looked at or changed; try again.") from None
