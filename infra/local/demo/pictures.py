"""Pictures for the demo, drawn when they are needed: hills under a low sun, the same for the same name."""

import io
from colorsys import hls_to_rgb
from math import sin, tau
from random import Random

from PIL import Image, ImageDraw, ImageOps

AVATAR, BANNER, PHOTOGRAPH = (400, 400), (1600, 500), (1600, 1000)
_FINER = 2  # drawn larger and then reduced, for smooth edges
_RANGES = 5

type Colour = tuple[int, int, int]


def draw(name: str, size: tuple[int, int]) -> bytes:
    chance = Random(name)  # noqa: S311 - a drawing needs no secrets
    width, height = (side * _FINER for side in size)
    hue = chance.random()
    drawn = _sky(hue, (width, height))
    pen = ImageDraw.Draw(drawn)
    _sun(pen, hue, chance, (width, height))
    for place in range(_RANGES):
        pen.polygon(_hills(place, chance, (width, height)), fill=_colour(hue, 0.62 - 0.1 * place, 0.28))
    content = io.BytesIO()
    drawn.reduce(_FINER).save(content, "JPEG", quality=85)
    return content.getvalue()


def _sky(hue: float, size: tuple[int, int]) -> Image.Image:
    fading = Image.linear_gradient("L").resize(size)
    return ImageOps.colorize(fading, _colour(hue + 0.08, 0.78, 0.45), _colour(hue + 0.16, 0.93, 0.6))


def _sun(pen: ImageDraw.ImageDraw, hue: float, chance: Random, size: tuple[int, int]) -> None:
    radius = min(size) * chance.uniform(0.08, 0.14)
    x, y = size[0] * chance.uniform(0.2, 0.8), size[1] * chance.uniform(0.22, 0.38)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(hue + 0.16, 0.97, 0.9))


def _hills(place: int, chance: Random, size: tuple[int, int]) -> list[tuple[float, float]]:
    """One range; each next stands lower, and so nearer."""
    width, height = size
    level, rise = 0.42 + 0.12 * place, chance.uniform(0.05, 0.09)
    waves = [(chance.uniform(0.6, 2.6), chance.random() * tau) for _ in range(3)]
    ridge = [
        (x, height * (level + rise * sum(sin(tau * often * x / width + at) for often, at in waves) / 3))
        for x in range(0, width + 8, 8)
    ]
    return [(0, height), *ridge, (width, height)]


def _colour(hue: float, light: float, strength: float) -> Colour:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue % 1, light, strength))
    return red, green, blue
