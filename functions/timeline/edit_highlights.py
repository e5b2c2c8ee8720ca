"""POST /v1/highlights/bulk"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.errors import AppError, NotFound, field
from core.http import endpoint
from core.request import Body, Caller, Now
from core.shapes import Id, Shape, distinct
from timeline import people, store
from timeline.highlight import MAX_BADGES, MAX_TAGS, Badges, Highlight, Tags, Visibility

_AT_ONCE = 8


class BulkEdit(Shape):
    ids: Annotated[list[Id], Field(min_length=1, max_length=200)]
    add_tags: Tags = []
    remove_tags: Tags = []
    add_badges: Badges = []
    remove_badges: Badges = []
    visibility: Visibility | None = None

    def of(self, old: Highlight, now: datetime) -> Highlight:
        tags = distinct([tag for tag in old.tags if tag not in self.remove_tags] + self.add_tags)
        badges = distinct(
            [badge for badge in old.badges if badge not in self.remove_badges] + self.add_badges
        )
        if len(tags) > MAX_TAGS or len(badges) > MAX_BADGES:
            raise field("add_tags", f"would be more than {MAX_TAGS} tags or {MAX_BADGES} badges")
        return old.changed(now, tags=tags, badges=badges, visibility=self.visibility or old.visibility)


class BulkOutcome(Shape):
    """`status` is what a PATCH of this one highlight would have been answered."""

    id: Id
    status: int
    detail: str | None = None


class BulkOutcomes(Shape):
    items: list[BulkOutcome]


@endpoint()
def handler(edit: Body[BulkEdit], me: Caller, now: Now) -> BulkOutcomes:
    people.author(me.id).check(edit.add_badges, name="add_badges")

    def outcome(highlight_id: str) -> BulkOutcome:
        try:
            store.change(highlight_id, lambda old: edit.of(_mine(old, me), now))
        except AppError as refusal:
            detail = " ".join(
                [refusal.detail, *(f"{each['pointer']} {each['detail']}" for each in refusal.errors)]
            )
            return BulkOutcome(id=highlight_id, status=refusal.status, detail=detail)
        return BulkOutcome(id=highlight_id, status=200)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return BulkOutcomes(items=list(pool.map(outcome, distinct(edit.ids))))


def _mine(highlight: Highlight, me: Caller) -> Highlight:
    if highlight.member_id != me.id:
        raise NotFound("There is no such highlight.")
    return highlight
