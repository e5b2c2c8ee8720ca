"""Opens an archive in a child process that has none of our rights, and survives whatever happens to it."""

from pathlib import Path

from pydantic import BaseModel

from core import confined
from imports.found import Contents, Refused

_PATIENCE_SECONDS = 80  # the child has 45 of a processor's own; this is for one that sleeps
_LONGEST_ANSWER = 60_000_000


class _Answer(BaseModel):
    contents: Contents | None = None
    refused: str = ""


def opened(kind: str, path: Path) -> Contents:
    """Raises Refused."""
    try:
        answer = confined.answer(
            _Answer,
            "imports.child",
            kind,
            str(path),
            folder=str(path.parent),
            longest=_LONGEST_ANSWER,
            patience=_PATIENCE_SECONDS,
        )
    except confined.TooSlow:
        raise Refused("The file takes too long to be read.") from None
    except confined.Died:
        answer = _Answer()
    if answer.contents is None:
        raise Refused(answer.refused or "The file is damaged, or not what it says it is.")
    return answer.contents
