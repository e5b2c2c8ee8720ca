"""What is found elsewhere: a row for all that may become a highlight, and for all that may not, why."""

import hashlib
from typing import Any

from pydantic import BaseModel

from core.shapes import fold


class Found(BaseModel):
    """`fields` as timelines take them; none: it cannot become a highlight, and `reason` says why.

    `suggested`: it is of the profile (headline, bio, skill, language), and shown for its owner to use there.
    """

    section: str
    place: int  # which of the section's rows, from 1
    title: str
    text: str = ""  # of what is suggested: all of it
    identity: str = ""
    fields: dict[str, Any] | None = None
    reason: str = ""
    suggested: str = ""
    ticked: bool = True

    def is_dated(self) -> bool:
        return bool(self.fields and self.fields.get("start"))


def identity(origin: str, *parts: str) -> str:
    """What makes two rows the same thing, however often it comes and whatever else of it has changed."""
    told = "\0".join(fold(part) for part in parts)
    return f"{origin}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def told_apart(rows: list[Found]) -> list[Found]:
    """A row that stands there twice is refused the second time; two that only look the same are two."""
    known: dict[str, dict[str, Any] | None] = {}
    return [_apart(row, known) if row.fields is not None else row for row in rows]


def _apart(row: Found, known: dict[str, dict[str, Any] | None]) -> Found:
    if row.identity in known and known[row.identity] != row.fields:
        row = row.model_copy(update={"identity": f"{row.identity}:{_digest(row)}"})
    if row.identity in known:
        again = {"fields": None, "reason": "It stands in the archive twice.", "ticked": False}
        return row.model_copy(update=again)
    known[row.identity] = row.fields
    return row


def _digest(row: Found) -> str:
    told = repr(sorted((row.fields or {}).items()))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
