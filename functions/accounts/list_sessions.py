"""GET /v1/me/sessions"""

from datetime import UTC, datetime

from accounts import sessions
from core import clock, cursors
from core.http import endpoint
from core.request import Bearer, InPerson, Query
from core.shapes import Page, Paged, Shape
from core.table import Item


class OwnSession(Shape):
    """`agent`: what it was begun with. `seen_at`: when it was last renewed."""

    id: str
    agent: str
    created_at: str
    seen_at: str
    current: bool


@endpoint()
def handler(asked: Query[Paged], me: InPerson, bearer: Bearer) -> Page[OwnSession]:
    scope = f"sessions {me.id}"
    after = cursors.unseal(scope, asked.after) if asked.after else None
    items, last = sessions.of_member(me.id, asked.limit, after)
    latest = sorted(items, key=lambda item: -int(item["seen"]))
    return Page(
        items=[_shown(item, bearer.session) for item in latest],
        next=cursors.seal(scope, last) if last else None,
    )


def _shown(item: Item, current: str) -> OwnSession:
    created, seen = (clock.timestamp(datetime.fromtimestamp(item[each], UTC)) for each in ("created", "seen"))
    return OwnSession(
        id=item["id"],
        agent=item["agent"],
        created_at=created,
        seen_at=seen,
        current=item["id"] == current,
    )
