"""What stands in somebody's file, cleaned, and no longer than a field of a highlight may be."""

import re
import unicodedata
from html import unescape
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.shapes import Link, Tag, distinct

MOST_TITLE, MOST_TEXT, MOST_LINKS, MOST_TAGS = 200, 10_000, 10, 30

# Control characters, and marks that turn or hide what follows: core.shapes refuses them, from people.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINK: TypeAdapter[Link] = TypeAdapter(Link)
_TAG: TypeAdapter[str] = TypeAdapter(Tag)


def prose(text: str) -> str:
    """Several lines of plain text. Entities are resolved once: exports leave them in some texts."""
    plain = unescape(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = plain.replace('"\n"', "\n")  # how LinkedIn damages the line breaks of what members wrote
    return unicodedata.normalize("NFC", _UNSEEN.sub("", plain)).strip()


def line(text: str, most: int = MOST_TITLE) -> str:
    return shortened(" ".join(prose(text).replace("\u2029", " ").split()), most)


def shortened(text: str, most: int) -> str:
    """At a space, where there is one near the end."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[: at if at > most * 0.8 else most - 1].rstrip() + "…"


def links(*addresses: str, title: str = "") -> list[dict[str, Any]]:
    """Those that are web addresses, each once; with the scheme that people leave out."""
    found: dict[str, dict[str, Any]] = {}
    for address in addresses:
        full = address.strip()
        if re.match(r"(?i)www\.[\w-]+\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/|$)", full):
            full = f"https://{full}"
        try:
            link = _LINK.validate_python({"url": full, "title": line(title)})
        except ValidationError:
            continue
        found.setdefault(link.url, link.model_dump())
    return list(found.values())[:MOST_LINKS]


def tags(words: list[str]) -> list[str]:
    """Those that tags can be made of."""
    made = []
    for word in words:
        try:
            made.append(_TAG.validate_python(line(word)))
        except ValidationError:
            continue
    return distinct(made)[:MOST_TAGS]
