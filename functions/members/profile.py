"""A member's profile: who they are, the facets they have, and what they can be asked for."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints

from core import clock
from core.activities import Activity
from core.errors import field
from core.media import Shown
from core.shapes import Id, Line, Link, Moment, Prose, Shape, Slug, fold
from core.table import Item

Name = Annotated[Line, StringConstraints(min_length=1, max_length=80)]
Short = Annotated[Line, StringConstraints(max_length=160)]
Visibility = Literal["public", "members"]
Note = Annotated[Line, StringConstraints(max_length=280)]
Audience = Literal["everybody", "members", "followed"]


_LONGEST_BADGE_ID = 40


class Openness(Shape):
    """`question`: what whoever asks is to answer."""

    activity: Activity
    note: str
    question: str = ""


class OpenTo(Shape):
    """How one can be asked: by whom, how often in a week, until when, and what to answer to."""

    note: Note = ""
    audience: Audience = Field("everybody", description="`followed`: only those whom you follow.")
    weekly_cap: Annotated[int, Field(ge=1, le=100)] | None = None
    expires_at: Moment | None = None
    question: Note = ""


class OwnOpenness(Openness, OpenTo):
    """With its settings, for its owner alone."""


class Shielded(Shape):
    id: Id
    handle: str


class Shield(Shape):
    """From whom it is hidden what one is open to."""

    domains: list[str] = []
    members: list[Shielded] = []


class NewBadge(Shape):
    """A facet of a person. Highlights refer to its id, which outlives a new name.

    Without an id it is that of the badge that has this name, or is made of the name.
    """

    id: Slug | None = None
    name: Annotated[Line, StringConstraints(min_length=1, max_length=40)]


class Badge(Shape):
    id: str
    name: str


class ProfileEdit(Shape):
    """Only what is sent is changed."""

    name: Name = "-"
    headline: Short = ""
    bio: Annotated[Prose, StringConstraints(max_length=5_000)] = Field("", description="Markdown.")
    location: Short = ""
    pronouns: Annotated[Line, StringConstraints(max_length=40)] = ""
    links: Annotated[list[Link], Field(max_length=10)] = []
    badges: Annotated[list[NewBadge], Field(max_length=10)] = []
    visibility: Visibility = "public"
    in_space_station: bool = True
    avatar: Id | None = Field(None, description="The id of a picture of yours.")
    banner: Id | None = Field(None, description="The id of a picture of yours.")


class Member(Shape):
    """A profile as others see it."""

    id: Id
    handle: str
    name: str
    headline: str = ""
    bio_html: str = ""
    location: str = ""
    pronouns: str = ""
    links: list[Link] = []
    badges: list[Badge] = []
    open_to: Sequence[Openness] = []
    avatar: Shown | None = None
    banner: Shown | None = None
    created_at: str


class Me(Member):
    """One's own profile, with its settings."""

    open_to: Sequence[OwnOpenness] = []
    shield: Shield = Shield()
    bio: str = ""
    visibility: Visibility
    in_space_station: bool = True
    former_handles: list[str] = []
    version: int
    updated_at: str

    def changed(self, now: datetime, **changes: Any) -> Self:
        """The next version."""
        stamps = {"version": self.version + 1, "updated_at": clock.timestamp(now)}
        return type(self).model_validate(self.model_dump() | changes | stamps)

    def opened(self, activity: Activity, how: OpenTo, now: datetime) -> Self:
        others = [each for each in self.open_to if each.activity != activity]
        opened = OwnOpenness(activity=activity, **how.model_dump())
        return self.changed(now, open_to=[*others, opened])

    def closed(self, activity: Activity, now: datetime) -> Self:
        return self.changed(now, open_to=[each for each in self.open_to if each.activity != activity])

    def as_seen(self, open_to: list[Item]) -> Member:
        """By somebody who is shown this much of what one is open to (core/openness.py)."""
        shown = [{name: each[name] for name in Openness.model_fields} for each in open_to]
        return Member.model_validate(self.model_dump(include=set(Member.model_fields)) | {"open_to": shown})


def named_badges(wanted: list[NewBadge], known: list[Badge]) -> list[Badge]:
    chosen = {each.id for each in wanted if each.id}
    ids = {fold(each.name): each.id for each in known if each.id not in chosen}
    badges: list[Badge] = []
    for place, each in enumerate(wanted):
        taken = chosen.union(badge.id for badge in (*known, *badges))
        badge_id = each.id or ids.get(fold(each.name)) or _free_id(each.name, taken)
        if any(badge_id == other.id or fold(each.name) == fold(other.name) for other in badges):
            raise field(f"badges/{place}", "is there twice")
        badges.append(Badge(id=badge_id, name=each.name))
    return badges


def _free_id(name: str, taken: Collection[str]) -> str:
    """`Yoga teacher` is `yoga-teacher`; a name without Latin letters gets an id without a meaning."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name))[:_LONGEST_BADGE_ID].strip("-") or clock.new_id().lower()
    others = (f"{slug[: _LONGEST_BADGE_ID - 3].rstrip('-')}-{number}" for number in count(2))
    return next(each for each in chain([slug], others) if each not in taken)
