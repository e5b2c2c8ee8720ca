"""Plain text of a cell as Markdown that reads the same, with its lines and its bullets."""

import re
from html import escape
from itertools import groupby

from core.elsewhere.tidy import MOST_TEXT, prose
from core.prose import markdown as from_html

_BULLET = re.compile(r"^(?:[•●▪◦‣·–-]|\*(?=\s))\s*(?=\S)")  # noqa: RUF001 - people type dashes of all lengths
_INLINE_BULLET = re.compile(r"\s+[•●▪◦‣]\s+")


def markdown(*paragraphs: str) -> str:
    return from_html("".join(map(_html, filter(None, map(prose, paragraphs)))), MOST_TEXT)


def _html(text: str) -> str:
    return "".join(map(_paragraph, re.split(r"\n\s*\n", _unfolded(text))))


def _unfolded(text: str) -> str:
    """LinkedIn writes a list on one line, with bullets between."""
    return _INLINE_BULLET.sub("\n• ", text) if len(_INLINE_BULLET.findall(f" {text}")) > 1 else text


def _paragraph(text: str) -> str:
    lines = text.strip().split("\n")
    return "".join(_block(is_list, list(some)) for is_list, some in groupby(lines, key=_is_item))


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line.strip()))


def _block(is_list: bool, lines: list[str]) -> str:
    if not is_list:
        return f"<p>{'<br>'.join(escape(line.strip(), quote=False) for line in lines)}</p>"
    items = (escape(_BULLET.sub("", line.strip()), quote=False) for line in lines)
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
