"""The child that opens what strangers send: with little memory and time, no rights, and nowhere to write.

python -m imports.child KIND PATH    prints {"contents"} or {"refused"}
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.confinement import confine
from imports import json_resume, linkedin, medium
from imports.found import Contents, Refused

_MEMORY, _SECONDS = 900 << 20, 45

_READERS: dict[str, Callable[[Path], Contents]] = {
    "linkedin": linkedin.contents,
    "medium": medium.contents,
    "json_resume": json_resume.contents,
}


def main() -> None:
    kind, path = sys.argv[1:]
    confine(memory=_MEMORY, seconds=_SECONDS)
    print(json.dumps(answer(kind, Path(path))))


def answer(kind: str, path: Path) -> dict[str, Any]:
    try:
        return {"contents": _READERS[kind](path).model_dump()}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": "The file needs more memory to be read than we give to one."}


if __name__ == "__main__":
    main()
