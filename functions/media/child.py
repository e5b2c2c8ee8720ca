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

from media.kinds import KINDS
from media.made import Made, Refused

_MEGABYTE = 1 << 20
_SECONDS = 10
_LARGEST_FILE = 300 * _MEGABYTE

# Of addresses, of which the libraries themselves take the more, the larger they are.
_ADDRESS_SPACE = {"image": 560, "document": 600, "audio": 760, "video": 760}


def main() -> None:
    asked = json.load(sys.stdin)
    confine(KINDS[asked["content_type"]])
    print(json.dumps(answer(asked["path"], asked["content_type"], asked["folder"]) | _cost()))


def answer(path: str, content_type: str, folder: str) -> dict[str, Any]:
    try:
        return {"made": _make(Path(path), content_type, Path(folder)).model_dump()}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "The file needs more memory to be read than we give to one."}
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


def confine(kind: str, seconds: int = _SECONDS) -> None:
    memory = _ADDRESS_SPACE[kind] * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
