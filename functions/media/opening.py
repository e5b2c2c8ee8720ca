"""Opens an upload in a child process that has none of our rights, and survives whatever happens to it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from aws_lambda_powertools import Logger
from pydantic import BaseModel, ValidationError

from media import kinds
from media.made import NEEDS_MEMORY, Made, Refused

_PATIENCE_SECONDS = 40  # the child has 10 of a processor's own; this is for one that sleeps
_LONGEST_ANSWER = 100_000
_SNIFFED_BYTES = 4096

logger = Logger(location=None)


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
    try:
        done = subprocess.run(
            [sys.executable, "-m", "media.child"],
            input=json.dumps({"path": str(path), "content_type": found, "folder": str(folder)}),
            env=child_environment(folder),
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Opened(refused="The file takes too long to be read.")
    return _understood(done.returncode, done.stdout, done.stderr)


def _not_that(said: str, found: str | None) -> str:
    if found is None:
        return f"The file is no {said}, nor anything else that can be shown here."
    return f"The file was said to be {said}, but it is {found}."


def _understood(status: int, output: str, complaint: str) -> Opened:
    """A child that was killed says nothing: by the clock, for memory, or by a fault in a library."""
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return Opened(refused="The file takes too long to be read.")
    if status == -signal.SIGABRT:  # so libraries end that get no more
        return Opened(refused=NEEDS_MEMORY)
    try:
        if status or len(output) > _LONGEST_ANSWER:
            raise Refused
        return Opened.model_validate_json(output)
    except (Refused, ValidationError):
        logger.warning("the child died", status=status, complaint=complaint[-1000:])
        return Opened(refused="The file is damaged, or not what it says it is.")


def child_environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but where the libraries are: no credentials, no names of tables or buckets."""
    return {
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    } | {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}
