"""A highlight: what somebody made, learned, spoke at, won; with whom, and when."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints

from core import clock
from core.errors import NotFound, field
from core.shapes import Id, Line, Link, Shape, Slug, Tag, distinct
from timeline.attachments import Attached
from timeline.dates import is_before, sort_key

# A highlight is written with an entry for each of its facets, and a transaction holds 100 items: two full
# sets of entries (all, kind, under, pinned, draft, tags, badges), the fact and the answer for a repeat.
MAX_TAGS, MAX_BADGES = 30, 5

Role = Annotated[Line, StringConstraints(max_length=120)]
Tags = Annotated[list[Tag], AfterValidator(distinct), Field(max_length=MAX_TAGS)]
Badges = Annotated[list[Slug], AfterValidator(distinct), Field(max_length=MAX_BADGES)]

Kind = Literal[
    "job", "learning", "event", "achievement", "milestone", "design", "code", "campaign", "analysis",
    "presentation", "video", "article", "work", "personal",
]  # fmt: skip
Visibility = Literal["public", "members", "draft"]


class NewCollaborator(Shape):
    """A member by `handle`, or somebody who is none by `name`."""

    handle: Annotated[str, StringConstraints(max_length=40)] | None = None
    name: Annotated[Line, StringConstraints(min_length=1, max_length=100)] | None = None
    role: Role = ""


class Collaborator(Shape):
    """`named`: no member. A member is `claimed` by the owner, then `confirmed` or `declined` by them."""

    name: str
    role: str = ""
    state: Literal["named", "claimed", "confirmed", "declined"]
    member_id: Id | None = None
    handle: str | None = None

    def answered(self, answer: Literal["accepted", "declined"], role: str | None) -> Self:
        """Their own answer, at any time, and their own words for what they did."""
        state = {"accepted": "confirmed", "declined": "declined"}[answer]
        return self.model_copy(update={"state": state, "role": self.role if role is None else role})


class Card(Shape):
    """A highlight as it stands in lists: without the Markdown that `html` was made from, and of its media
    only the first that can be seen. `imported`: it came with a history, and is no news.
    """

    id: Id
    member_id: Id
    handle: str
    kind: Kind
    title: str
    start: str
    end: str | None = None
    ongoing: bool
    html: str
    badges: list[str]
    tags: list[str]
    links: list[Link]
    visibility: Visibility
    pinned: bool
    under: Id | None = None
    collaborators: list[Collaborator]
    cover: Attached | None = None
    media_count: int = 0
    imported: bool = False
    version: int
    created_at: str
    updated_at: str


class Highlight(Card):
    text: str
    media: list[Attached] = []

    def changed(self, now: datetime, **changes: Any) -> Self:
        """The next version. Raises Invalid where the whole would contradict itself."""
        values = (
            self.model_dump() | changes | {"version": self.version + 1, "updated_at": clock.timestamp(now)}
        )
        check_range(values["start"], values["end"], ongoing=values["ongoing"])
        return type(self).model_validate(values)

    def card(self) -> Card:
        return Card.model_validate(self.shown().model_dump(include=set(Card.model_fields)))

    @property
    def when(self) -> str:
        return sort_key(self.start, ongoing=self.ongoing)

    def facets(self) -> list[str]:
        """The lists of its owner's timeline that it stands in."""
        of_owner = [f"badge:{badge}" for badge in self.badges] + ["pinned"] * self.pinned
        under = [f"under:{self.under}"] if self.under else []
        return self.shared_facets() + of_owner + under + ["draft"] * (self.visibility == "draft")

    def shared_facets(self) -> list[str]:
        """The lists of a collaborator's timeline that it stands in: badges and pins are the owner's own."""
        return ["all", f"kind:{self.kind}"] + [f"tag:{tag}" for tag in self.tags]

    def confirmed(self) -> list[str]:
        return [each.member_id for each in self.collaborators if each.state == "confirmed" and each.member_id]

    def named(self) -> list[str]:
        return [each.member_id for each in self.collaborators if each.member_id]

    def without(self, member_id: str) -> list[Collaborator]:
        """The collaborators, when one has left: that somebody took part stays, who it was does not."""
        nobody = Collaborator(name="Former member", state="named")
        others = [
            each for each in self.collaborators if (each.member_id, each.state) != (member_id, "declined")
        ]
        return [nobody if each.member_id == member_id else each for each in others]

    def collaborator(self, member_id: str) -> Collaborator:
        for each in self.collaborators:
            if each.member_id == member_id:
                return each
        raise NotFound("There is no such highlight.")  # for those who are not named in it

    def shown(self) -> Self:
        """As others may see it: who declined is not told."""
        left = [each for each in self.collaborators if each.state != "declined"]
        return (
            self if len(left) == len(self.collaborators) else self.model_copy(update={"collaborators": left})
        )


def check_range(start: str, end: str | None, *, ongoing: bool) -> None:
    if end and ongoing:
        raise field("end", "must be left out while it is ongoing")
    if end and is_before(end, start):
        raise field("end", "is before the start")
