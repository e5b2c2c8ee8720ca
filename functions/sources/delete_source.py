"""DELETE /v1/sources/{source_id}"""

from typing import Literal

from core.http import endpoint
from core.request import Caller, IfMatch, Path, Query
from core.shapes import Shape
from sources import store


class DeleteSource(Shape):
    """What becomes of its highlights. Those that you have edited stay in any case."""

    highlights: Literal["keep", "remove"] = "keep"


@endpoint(status=204)
def handler(source_id: Path, asked: Query[DeleteSource], me: Caller, seen: IfMatch) -> None:
    found = store.own(source_id, me.id)
    seen.check(found.source.version)
    store.remove(found, asked.highlights)
