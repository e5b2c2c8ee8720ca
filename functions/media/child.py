"""The child that opens what strangers send: with little memory and time, no rights, and one folder.

python -m media.child    gets {"path", "content_type", "folder"} and gives {"made"} or {"refused"}
"""

import json
import resource
import struct
import sys
import time
from pathlib import Path
from typing import Any

from core import confinement
from media.kinds import KINDS
from media.made import NEEDS_MEMORY, Made, Refused

_MEGABYTE = 1 << 20
_SECONDS = 10
_LARGEST_FILE = 300 * _MEGABYTE

# Of what can be written to, heap and all (Linux counts it so); the libraries' own pages come on top.
_MEMORY = 460 * _MEGABYTE


def main() -> None:
    asked = json.load(sys.stdin)
    confine()
    print(json.dumps(answer(asked["path"], asked["content_type"], asked["folder"]) | _cost()))


def answer(path: str, content_type: str, folder: str) -> dict[str, Any]:
    try:
        return {"made": _make(Path(path), content_type, Path(folder)).model_dump()}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": NEEDS_MEMORY}
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, RuntimeError, struct.error):
        # What parsers raise over damaged files. A fault of our own is none of these, and ends the child.
        return {"refused": "The file is damaged, or not what it says it is."}


def _make(path: Path, content_type: str, folder: Path) -> Made:
    """Each library is loaded only for what it reads."""
    match KINDS[content_type]:
        case "image":
            from media import pictures

            return pictures.make(path, content_type, folder)
        case "document":
            from media import documents

            return documents.make(path, content_type, folder)
        case _:
            from media import recordings

            return recordings.make(path, content_type, folder)


def _cost() -> dict[str, float]:
    """Not getrusage's memory: that begins with what the parent had when it forked."""
    status = Path("/proc/self/status").read_text()
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return {"peak_megabytes": int(peak) // 1024, "seconds": round(time.process_time(), 2)}


def confine(seconds: int = _SECONDS) -> None:
    confinement.confine(memory=_MEMORY, kind=resource.RLIMIT_DATA, seconds=seconds, file=_LARGEST_FILE)


if __name__ == "__main__":
    main()
