"""Has a module of ours read what strangers send, in a child that has none of our rights.

The child confines itself by `core.confinement` before it reads, prints one answer as JSON, and may die of
what it is given without harm to who asks.
"""

import os
import signal
import subprocess
import sys
import tempfile

from aws_lambda_powertools import Logger
from pydantic import BaseModel

_KILLED_FOR_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
_COMPLAINT_BYTES = 1000

logger = Logger(location=None)


class TooSlow(Exception):
    """It was given no more time, of a processor or of ours."""


class Died(Exception):
    """It gave no answer that can be understood. `status`: its exit status; a signal's number is negative."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def answer[Answer: BaseModel](
    kind: type[Answer],
    module: str,
    *arguments: str,
    longest: int,
    patience: float,
    given: bytes = b"",
    folder: str = tempfile.gettempdir(),
) -> Answer:
    """What `python -m module arguments` prints of `given`. Raises TooSlow and Died.

    `longest`: bytes of an answer. `patience`: seconds, for one that sleeps and uses no processor's time.
    `folder`: the child's home, where it may write if its confinement lets it.
    """
    done = _ran([sys.executable, "-m", module, *arguments], given, folder, patience)
    try:
        if done.returncode or len(done.stdout) > longest:
            raise ValueError
        return kind.model_validate_json(done.stdout)
    except ValueError:  # a model's too
        complaint = done.stderr[-_COMPLAINT_BYTES:].decode(errors="replace")
        logger.warning("the child died", child=module, status=done.returncode, complaint=complaint)
        raise Died(done.returncode) from None


def _ran(
    command: list[str], given: bytes, folder: str, patience: float
) -> "subprocess.CompletedProcess[bytes]":
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            input=given,
            env=environment(folder),
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    if done.returncode in _KILLED_FOR_TIME:
        raise TooSlow
    return done


def environment(folder: str) -> dict[str, str]:
    """Nothing of ours but where the libraries are: no credentials, no names of tables or buckets."""
    return {
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
        "PATH": "/usr/bin:/bin",
        "HOME": folder,
        "TMPDIR": folder,
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    } | {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}
