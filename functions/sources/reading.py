"""Reads a feed in a child process that has none of our rights, and survives whatever happens to it."""

import json
import os
import subprocess
import sys

from aws_lambda_powertools import Logger
from pydantic import BaseModel, ValidationError

from sources.entries import Feed

_PATIENCE_SECONDS = 20  # the child has 5 of a processor's own
_LONGEST_ANSWER = 8_000_000
_TOO_LONG = "It takes too long to be read."

logger = Logger(location=None)


class Read(BaseModel):
    """`named`: the feeds that it names, where it is a page."""

    feed: Feed | None = None
    refused: str = ""
    named: list[str] = []


def read(body: bytes, content_type: str, url: str) -> Read:
    asked = json.dumps({"url": url, "content_type": content_type}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sources.child"],
            input=asked + body,
            env=_environment(),
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Read(refused=_TOO_LONG)
    if done.returncode in (-24, -9):  # SIGXCPU, SIGKILL
        return Read(refused=_TOO_LONG)
    try:
        if done.returncode or len(done.stdout) > _LONGEST_ANSWER:
            raise ValueError(done.returncode)
        return Read.model_validate_json(done.stdout)
    except (ValueError, ValidationError):
        complaint = done.stderr[-1000:].decode("utf-8", "replace")
        logger.warning("the child died", status=done.returncode, complaint=complaint)
        return Read(refused="It is damaged, or not what it says it is.")


def _environment() -> dict[str, str]:
    """Nothing of ours but where the libraries are: no credentials, no names of tables."""
    path = os.pathsep.join(each for each in sys.path if each)
    return {"PYTHONPATH": path, "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"} | {
        name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"
    }
