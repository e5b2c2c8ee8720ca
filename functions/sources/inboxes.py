"""Inboxes: addresses of one's own to which any tool posts what becomes a draft.

An address is the inbox's id and a secret, of which only a digest is kept.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from core import arrivals, clock, keys, table
from core.errors import Conflict, NotFound
from core.shapes import Id, Line, Prose, Shape, Tag, WebAddress, distinct
from core.table import Item, Write
from sources.entries import day

_MOST = 20
_SECRET_BYTES = 24
_ADDRESS = re.compile(r"([0-7][0-9A-HJKMNP-TV-Z]{25})([\w-]{32})")

Name = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
Kind = Literal["job", "learning", "event", "achievement", "design", "code", "campaign", "analysis",
               "presentation", "video", "article", "work", "personal"]  # fmt: skip


def _known(said: str) -> str:
    if (found := day(said)) is None:
        raise ValueError("must be a date such as 2026, 2026-03, 2026-03-14 or 2026-03-14T18:00:00Z")
    return found


class NewInbox(Shape):
    """`name`: which tool it is for."""

    name: Name


class Inbox(Shape):
    id: Id
    name: str
    created_at: str


class InboxShownOnce(Inbox):
    """`path`: where to post, after the address of this Polyfolio. It is shown now, and never again."""

    path: str


class InboxPost(Shape):
    """`id`: what the tool calls it; the same id again is the same highlight, changed. Without it an
    Idempotency-Key counts, and else what is said. `date`: a year, a month, a day or a moment; else today.
    """

    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[Prose, StringConstraints(max_length=10_000)] = Field("", description="Markdown.")
    url: WebAddress | None = None
    date: Annotated[Line, StringConstraints(max_length=40), AfterValidator(_known)] | None = None
    tags: Annotated[list[Tag], Field(max_length=30)] = []
    kind: Kind = "work"
    id: Annotated[Line, StringConstraints(min_length=1, max_length=200)] | None = None


class InboxReceipt(Shape):
    """`id`: what it is known by here."""

    id: str


def of_member(member_id: str) -> list[Inbox]:
    partition = keys.inboxes_of(member_id)["gsi2pk"]
    items, _ = table.query(partition, index="gsi2", limit=_MOST + 10, newest_first=True)
    return [_shown(item) for item in items]


def make(new: NewInbox, member_id: str, now: datetime) -> InboxShownOnce:
    if len(of_member(member_id)) >= _MOST:
        raise Conflict(f"A member can have {_MOST} inboxes.")
    secret, inbox_id = secrets.token_urlsafe(_SECRET_BYTES), clock.new_id()
    item = {"id": inbox_id, "member_id": member_id, "name": new.name, "created_at": clock.timestamp(now)}
    item |= keys.inboxes_of(member_id, inbox_id) | {"digest": _digest(secret)}
    table.write(table.put(keys.inbox(inbox_id)._asdict() | item, "attribute_not_exists(pk)"))
    return InboxShownOnce(**_shown(item).model_dump(), path=f"/v1/inbox/{inbox_id}{secret}")


def remove(inbox_id: str, member_id: str) -> None:
    """What came through it stays."""
    try:
        table.write(table.delete(keys.inbox(inbox_id), "member_id = :me", me=member_id))
    except table.ConditionFailed:
        raise NotFound("You have no such inbox.") from None


def opened(address: str) -> Item:
    """By its address. Whoever guesses learns nothing, not even from how long it takes."""
    parts = _ADDRESS.fullmatch(address)
    item = table.get(keys.inbox(parts[1])) if parts else None
    if not (parts and item and hmac.compare_digest(item["digest"], _digest(parts[2]))):
        raise NotFound("There is no such inbox.")
    return item


def arrival(inbox: Item, post: InboxPost, key: str, now: datetime) -> tuple[InboxReceipt, Write]:
    said = post.id or key or hashlib.sha256(post.model_dump_json().encode()).hexdigest()
    identity = f"inbox:{inbox['id']}#{said}"
    wanted: Item = {"kind": post.kind, "title": post.title, "start": post.date or now.date().isoformat()}
    wanted |= {"text": post.text, "tags": distinct(post.tags), "visibility": "draft"}
    wanted |= {"links": [{"url": post.url}]} if post.url else {}
    write = arrivals.arrived(inbox["member_id"], identity, f"inbox_{inbox['id']}", wanted)
    return InboxReceipt(id=arrivals.digest(identity)), write


def _shown(item: Item) -> Inbox:
    return Inbox(id=item["id"], name=item["name"], created_at=item["created_at"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
