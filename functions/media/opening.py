"""Opens an upload in a child process that has none of our rights, and survives whatever happens to it."""

import json
import signal
from pathlib import Path

from pydantic import BaseModel

from core import confined
from media import kinds
from media.made import NEEDS_MEMORY, Made

_PATIENCE_SECONDS = 40  # the child has 10 of a processor's own; this is for one that sleeps
_LONGEST_ANSWER = 100_000
_SNIFFED_BYTES = 4096
_GOT_NO_MORE_MEMORY = -signal.SIGABRT  # so libraries end
_DAMAGED = "The file is damaged, or not what it says it is."


class Opened(BaseModel):
    made: Made | None = None
    refused: str | None = None
    peak_megabytes: int = 0
    seconds: float = 0  # of a processor's time


def opened(path: Path, said: str, folder: Path) -> Opened:
    """`said`: the content type that was promised. The pieces of what is made lie in `folder`."""
    with path.open("rb") as file:
        found = kinds.sniffed(file.read(_SNIFFED_BYTES))
    if found is None or not kinds.agree(said, found):
        return Opened(refused=_not_that(said, found))
    asked = json.dumps({"path": str(path), "content_type": found, "folder": str(folder)}).encode()
    try:
        return confined.answer(
            Opened,
            "media.child",
            given=asked,
            folder=str(folder),
            longest=_LONGEST_ANSWER,
            patience=_PATIENCE_SECONDS,
        )
    except confined.TooSlow:
        return Opened(refused="The file takes too long to be read.")
    except confined.Died as death:
        return Opened(refused=NEEDS_MEMORY if death.status == _GOT_NO_MORE_MEMORY else _DAMAGED)


def _not_that(said: str, found: str | None) -> str:
    if found is None:
        return f"The file is no {said}, nor anything else that can be shown here."
    return f"The file was said to be {said}, but it is {found}."
