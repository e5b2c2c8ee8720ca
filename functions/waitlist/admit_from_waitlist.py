"""POST /v1/admissions"""

from typing import Annotated

from pydantic import Field

from core import table
from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Now, Operator
from core.shapes import Id, Shape
from waitlist import admitting


class Admitting(Shape):
    count: Annotated[int, Field(ge=1, le=500)]


class Round(Shape):
    """Carried out within seconds; where fewer wait, those."""

    id: Id
    count: int


@endpoint(status=202)
def handler(wanted: Body[Admitting], me: Operator, now: Now, once: Once) -> Round:
    item = admitting.round_of(wanted.count, now, by=me.id)
    made = Round(id=item["id"], count=wanted.count)
    once.write(table.put(item), answer=made)
    return made
