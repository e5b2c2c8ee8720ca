"""Opens an archive in a child process that has none of our rights, and survives whatever happens to it."""

import os
import subprocess
import sys
from pathlib import Path

from aws_lambda_powertools import Logger
from pydantic import BaseModel, ValidationError

from imports.found import Contents, Refused

_PATIENCE_SECONDS = 80  # the child has 45 of a processor's own; this is for one that sleeps
_LONGEST_ANSWER = 60_000_000
_SLOW = "The file takes too long to be read."

logger = Logger(location=None)


class _Answer(BaseModel):
    contents: Contents | None = None
    refused: str = ""


def opened(kind: str, path: Path) -> Contents:
    """Raises Refused."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-m", "imports.child", kind, str(path)],
            env=_environment(path.parent),
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(_SLOW) from None
    return _understood(done.returncode, done.stdout, done.stderr)


def _understood(status: int, output: bytes, complaint: bytes) -> Contents:
    """A child that was killed says nothing: by the clock, for memory, or by a fault of ours."""
    if status in (-24, -9):  # SIGXCPU, SIGKILL
        raise Refused(_SLOW)
    try:
        answer = _Answer() if status or len(output) > _LONGEST_ANSWER else _Answer.model_validate_json(output)
    except ValidationError:
        answer = _Answer()
    if answer.contents is None and not answer.refused:
        logger.warning("the child died", status=status, complaint=complaint[-1000:].decode(errors="replace"))
    if answer.contents is None:
        raise Refused(answer.refused or "The file is damaged, or not what it says it is.")
    return answer.contents


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but where the libraries are: no credentials, no names of tables or buckets."""
    ours = {
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return ours | {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}
