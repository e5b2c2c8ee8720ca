"""What is found in an archive, or why the whole of it is refused."""

from pydantic import BaseModel

from core.elsewhere.found import Found


class Refused(Exception):
    """The whole file, with the reason in words that its owner reads."""


class Contents(BaseModel):
    rows: list[Found]
    ignored: list[str] = []  # files that were not read
