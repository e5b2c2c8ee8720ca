"""Badges: the facets of a person, each with an id that highlights refer to and that outlives a new name."""

import re
from typing import Annotated

from pydantic import StringConstraints

from core.clock import new_id
from core.errors import field
from core.shapes import Line, Shape, Slug, fold

_LONGEST_ID = 40


class NewBadge(Shape):
    """Without an id it is made of the name, or is that of the badge that has this name."""

    id: Slug | None = None
    name: Annotated[Line, StringConstraints(min_length=1, max_length=40)]


class Badge(Shape):
    id: str
    name: str


def named(wanted: list[NewBadge], known: list[Badge]) -> list[Badge]:
    ids = {fold(each.name): each.id for each in known}
    badges = [
        Badge(id=each.id or ids.get(fold(each.name)) or _slug(each.name), name=each.name) for each in wanted
    ]
    for place, badge in enumerate(badges):
        if badge.id in {each.id for each in badges[:place]}:
            raise field(f"badges/{place}", "is there twice")
    return badges


def _slug(name: str) -> str:
    """`Yoga teacher` is `yoga-teacher`; a name without Latin letters gets an id without a meaning."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name))[:_LONGEST_ID].strip("-") or new_id().lower()
