"""Reads a feed in a child process that has none of our rights, and survives whatever happens to it."""

import json

from pydantic import BaseModel

from core import confined
from sources.entries import Feed

_PATIENCE_SECONDS = 20  # the child has 5 of a processor's own
_LONGEST_ANSWER = 8_000_000


class Read(BaseModel):
    """`named`: the feeds that it names, where it is a page."""

    feed: Feed | None = None
    refused: str = ""
    named: list[str] = []


def read(body: bytes, content_type: str, url: str) -> Read:
    asked = json.dumps({"url": url, "content_type": content_type}).encode() + b"\n"
    try:
        return confined.answer(
            Read, "sources.child", given=asked + body, longest=_LONGEST_ANSWER, patience=_PATIENCE_SECONDS
        )
    except confined.TooSlow:
        return Read(refused="It takes too long to be read.")
    except confined.Died:
        return Read(refused="It is damaged, or not what it says it is.")
