"""The pictures that an entry shows, as its HTML names them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

_MARKS = 64  # pixels: what is smaller counts readers, or is a letter of its text (an emoji)
_OF_TEXT = {"emoji", "wp-smiley"}


class Picture(NamedTuple):
    url: str
    alt: str = ""


def shown(html: str) -> Iterator[Picture]:
    """Without those that say of themselves that nobody shall look at them. It is read once somebody asks."""
    found = _Pictures()
    found.feed(html)
    yield from found.found


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Picture] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        address = said.get("data-src") or said.get("src", "")  # the first where it is loaded late
        if tag == "img" and address and not _is_mark(said):
            self.found.append(Picture(address, said.get("alt", "")))


def _is_mark(said: dict[str, str]) -> bool:
    sides = (said.get("width", ""), said.get("height", ""))
    small = any(each.isdecimal() and int(each[:6]) < _MARKS for each in sides)
    return small or bool(_OF_TEXT & set(said.get("class", "").split()))
