"""Invitations: each member has a few, and what one is to its owner and to whoever has its code."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from core import clock, invited
from core.invited import State
from core.shapes import Address, Id, Prose, Shape
from core.table import Item


class NewInvitation(Shape):
    """With an address it is mailed, and without one you hand on its code."""

    email: Address | None = None
    note: Annotated[Prose, StringConstraints(max_length=500)] = ""


class Person(Shape):
    id: Id
    handle: str
    name: str


class Invitation(Shape):
    """What its owner sees. A free one has nothing but its state."""

    state: State
    id: Id | None = None
    email: str | None = Field(None, description="As long as it is on its way.")
    note: str = ""
    sent_at: str | None = None
    mailed_at: str | None = Field(None, description="The last time; null: its code was handed on.")
    expires_at: str | None = None
    revoked_at: str | None = None
    redeemed_at: str | None = None
    member: Person | None = Field(None, description="Who came of it; null also where they have left since.")
    code: str | None = Field(
        None, description="Only in the answer that makes it, and not where it is mailed."
    )


class Invitations(Shape):
    free: int
    items: list[Invitation]


def seen(item: Item, now: datetime, members: dict[str, Item]) -> Invitation:
    """An address outlives its invitation neither in the table nor here, where the table may be slow."""
    state = invited.state(item, now)
    fields = {name: item[name] for name in Invitation.model_fields if name in item}
    if state != "sent":
        fields.pop("email", None)
    member = members.get(item.get("redeemed_by", ""))
    return Invitation.model_validate(fields | {"state": state, "member": person(member) if member else None})


def person(profile: Item) -> Person:
    return Person.model_validate({name: profile[name] for name in Person.model_fields})


def is_free(item: Item | None, now: datetime) -> bool:
    """A sign-up that was begun in time may be finished; until then the place is taken."""
    if item is None:
        return True
    state, stamp = invited.state(item, now), clock.timestamp(now)
    return state == "revoked" or (state == "expired" and item.get("held_until", "") <= stamp)
