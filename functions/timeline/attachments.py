"""Media on a highlight: what its owner attaches, and the copies of it that are shown."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from core import media
from core.errors import field
from core.media import Shown
from core.shapes import Id, Line, Shape
from core.table import Write


class NewAttachment(Shape):
    """`alt`: what is to be seen or heard, for who cannot; empty where that would say nothing."""

    id: Id
    alt: Annotated[Line, StringConstraints(max_length=1000)]
    caption: Annotated[Line, StringConstraints(max_length=300)] = ""


class Attached(Shown):
    alt: str
    caption: str = ""

    def showing(self, now: Shown) -> Self:
        return type(self)(**now.model_dump(), alt=self.alt, caption=self.caption)


NewAttachments = Annotated[list[NewAttachment], Field(max_length=20)]


def attached(wanted: list[NewAttachment], owner: str) -> dict[str, Any]:
    """What the highlight then holds: all of it, and for lists the first that can be seen."""
    found = media.find([each.id for each in wanted], owner)
    copies: list[Attached] = []
    for place, each in enumerate(wanted):
        if each.id not in found:
            raise field(f"media/{place}/id", "is none of your media, or was refused")
        if each.id in (copy.id for copy in copies):
            raise field(f"media/{place}/id", "is there twice")
        copies.append(Attached(**found[each.id].model_dump(), alt=each.alt, caption=each.caption))
    return held(copies)


def held(copies: list[Attached]) -> dict[str, Any]:
    seen = next((each for each in copies if each.renditions), copies[0] if copies else None)
    return {"media": copies, "cover": seen, "media_count": len(copies)}


def writes(before: list[Attached], after: list[Attached], highlight_id: str, now: datetime) -> list[Write]:
    """For the transaction of the highlight: who refers to what is as exact as what refers."""
    old, new = {each.id for each in before}, {each.id for each in after}
    left = media.existing(sorted(old - new)) if old - new else set()
    referring = [media.refer(each, "highlight", highlight_id) for each in after if each.id not in old]
    return referring + [media.release(each, highlight_id, now) for each in sorted(left)]
