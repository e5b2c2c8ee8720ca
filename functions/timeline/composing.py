"""What a member may write of a highlight, and the highlight that becomes of it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from core import clock
from core.markdown import to_html
from core.shapes import Id, Line, Link, Prose, Shape
from timeline.attachments import NewAttachments
from timeline.dates import PartialDate
from timeline.highlight import (
    Badges,
    Collaborator,
    Highlight,
    Kind,
    NewCollaborator,
    Tags,
    Visibility,
    check_range,
)

Title = Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class NewHighlight(Shape):
    kind: Kind
    title: Title
    start: PartialDate
    end: PartialDate | None = None
    ongoing: bool = False
    text: Annotated[Prose, StringConstraints(max_length=10_000)] = Field("", description="Markdown.")
    badges: Badges = []
    tags: Tags = []
    links: Annotated[list[Link], Field(max_length=10)] = []
    visibility: Visibility = "public"
    pinned: bool = False
    under: Id | None = Field(None, description="The job that this belongs to.")
    collaborators: Annotated[list[NewCollaborator], Field(max_length=10)] = []
    media: NewAttachments = []


class HighlightEdit(NewHighlight):
    """Only what is sent is changed."""

    kind: Kind = "work"
    title: Title = "-"
    start: PartialDate = "2000"


def made(
    new: NewHighlight,
    collaborators: list[Collaborator],
    media: dict[str, Any],
    *,
    member_id: str,
    handle: str,
    now: datetime,
) -> Highlight:
    """Raises Invalid where the whole would contradict itself."""
    check_range(new.start, new.end, ongoing=new.ongoing)
    return Highlight(
        **new.model_dump(exclude={"collaborators", "media"}),
        **media,
        id=clock.new_id(),
        member_id=member_id,
        handle=handle,
        html=to_html(new.text),
        collaborators=collaborators,
        version=1,
        created_at=clock.timestamp(now),
        updated_at=clock.timestamp(now),
    )


def edited(old: Highlight, changes: dict[str, Any], now: datetime) -> Highlight:
    html = {"html": to_html(changes["text"])} if "text" in changes else {}
    return old.changed(now, **changes, **html)
