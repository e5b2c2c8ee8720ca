"""What is made of an upload, and why nothing is: the words between the worker and its child."""

import hashlib
from pathlib import Path
from typing import Any

from pydantic import BaseModel

NEEDS_MEMORY = "The file needs more memory to be read than we give to one."


class Refused(Exception):
    """Its text is told to whoever uploaded the file."""


class Piece(BaseModel):
    """A file that will be served, as it lies in the child's folder."""

    name: str
    content_type: str
    bytes: int
    width: int | None = None
    height: int | None = None


class Made(BaseModel):
    width: int | None = None
    height: int | None = None
    milliseconds: int | None = None
    pages: int | None = None
    placeholder: str | None = None
    renditions: list[Piece] = []
    file: Piece | None = None

    def pieces(self) -> list[Piece]:
        return self.renditions + ([self.file] if self.file else [])


def piece(folder: Path, name: str, content: bytes, content_type: str, **facts: Any) -> Piece:
    """`name` follows the digest of the content, so that an address never means anything else."""
    full = hashlib.sha256(content).hexdigest()[:16] + name
    (folder / full).write_bytes(content)
    return Piece(name=full, content_type=content_type, bytes=len(content), **facts)
