"""The picture that a link to a profile is shown with: name, headline and badges on a calm ground.

Pillow's own typeface has Latin letters alone. Where a text has others it is left out rather than shown as
boxes: the badges' colours are there for everybody.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from core.table import Item
from pages.pictures import HEIGHT, WIDTH

_GROUND, _INK, _SOFT, _LINE = "#f6f7f4", "#1a2429", "#55636a", "#d9ddd5"
_FACETS = ("#b85c00", "#1f7a68", "#7a4fa3", "#2a62b8", "#b03a63", "#656a00")  # as web/src/styles/tokens.css
_LEFT, _RIGHT = 96, WIDTH - 96
_LAST_LATIN = 0x24F
# Dashes, quotation marks and the like.
_ALSO = "\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac\u2122"


class _Line(NamedTuple):
    size: int
    smallest: int
    most: int  # lines


_NAME, _HEADLINE, _BADGE = _Line(92, 52, 2), _Line(40, 32, 3), _Line(30, 24, 1)


def picture(profile: Item) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.line([(_LEFT - 40, 80), (_LEFT - 40, HEIGHT - 80)], fill=_LINE, width=3)
    for place, colour in enumerate(_colours(profile)):
        middle = 120 + place * 78
        draw.ellipse([_LEFT - 52, middle - 12, _LEFT - 28, middle + 12], fill=colour)
    bottom = _write(draw, profile["name"], _NAME, 84, _INK)
    bottom = _write(draw, profile.get("headline", ""), _HEADLINE, bottom + 24, _SOFT)
    _badges(draw, profile)
    _write(draw, f"polyfolio  ·  @{profile['handle']}", _BADGE, HEIGHT - 92, _SOFT)
    stored = BytesIO()
    image.quantize(64).save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _colours(profile: Item) -> list[str]:
    return [_FACETS[place % len(_FACETS)] for place in range(min(max(len(profile["badges"]), 1), 5))]


def _badges(draw: ImageDraw.ImageDraw, profile: Item) -> None:
    font, left = _font(_BADGE.size), _LEFT
    for badge, colour in zip(profile["badges"], _colours(profile), strict=False):
        width = draw.textlength(badge["name"], font)
        if not _is_latin(badge["name"]) or left + width + 34 > _RIGHT:
            continue
        draw.ellipse([left, HEIGHT - 158, left + 20, HEIGHT - 138], fill=colour)
        draw.text((left + 34, HEIGHT - 166), badge["name"], _INK, font)
        left += int(width) + 74


def _write(draw: ImageDraw.ImageDraw, text: str, how: _Line, top: int, colour: str) -> int:
    """As large as it may be and fits; cut off where the smallest does not. Gives where it ends."""
    if not (text and _is_latin(text)):
        return top
    for size in range(how.size, how.smallest - 1, -4):
        lines = _wrapped(draw, text, _font(size))
        if len(lines) <= how.most:
            break
    else:
        lines = [*lines[: how.most - 1], f"{lines[how.most - 1][:-1]}…"]
    for line in lines:
        draw.text((_LEFT, top), line, colour, _font(size))
        top += round(size * 1.16)
    return top


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or draw.textlength(longer, font) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines.append(word)
    return [part for line in lines for part in _cut(draw, line, font)]


def _cut(draw: ImageDraw.ImageDraw, line: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A word that is wider than the picture."""
    parts = [""]
    for char in line:
        if draw.textlength(parts[-1] + char, font) > _RIGHT - _LEFT:
            parts.append("")
        parts[-1] += char
    return parts


def _is_latin(text: str) -> bool:
    return all(ord(char) <= _LAST_LATIN or char in _ALSO for char in text)


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - the layer's Pillow comes with FreeType
    return font
