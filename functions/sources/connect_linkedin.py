"""POST /v1/sources/linkedin/connections"""

from typing import Annotated

from pydantic import StringConstraints

from core import table
from core.errors import Changed
from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Caller, Now
from core.shapes import Shape
from sources import consents, granting, store
from sources.source import Source


class NewConnection(Shape):
    """What LinkedIn put into the address that it sent the browser back to."""

    state: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    code: Annotated[str, StringConstraints(min_length=1, max_length=2048)]


@endpoint(status=201)
def handler(new: Body[NewConnection], me: Caller, now: Now, once: Once) -> Source:
    """A member has one such source: a new consent is for the one that is there."""
    once.answer_again()
    consents.linkedin()
    consents.come_back(new.state, me.id, now)
    source, writes = store.connected(me.id, granting.granted(me.id, new.code, now), now)
    try:
        once.write(*writes, answer=source)
    except table.ConditionFailed:
        raise Changed("It was changed meanwhile. Begin again.") from None
    return source
