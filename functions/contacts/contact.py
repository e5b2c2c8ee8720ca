"""A contact: one member asks another for something that they are open to. States, and who sees which."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints

from core import clock
from core.activities import Activity
from core.errors import Conflict, Forbidden
from core.people import Who
from core.shapes import Id, Prose, Shape

OPEN_FOR = timedelta(days=30)
_PREVIEW = 140
NOBODY = "0" * 26  # stands for a member who has left

Role = Literal["sender", "recipient"]
Box = Literal["sent", "received"]
State = Literal["pending", "interested", "not_now", "withdrawn", "ended"]
Shown = Literal["pending", "interested", "not_now", "withdrawn", "ended", "closed"]
BOXES: Mapping[Role, Box] = {"sender": "sent", "recipient": "received"}

# Who may take it from which state to which. "Not now" is told to nobody: for the sender, who can still
# withdraw, it is pending until time closes it, just as if it had not been answered.
TRANSITIONS: Mapping[Role, Mapping[State, frozenset[State]]] = {
    "recipient": {
        "pending": frozenset({"interested", "not_now"}),
        "interested": frozenset({"ended"}),
    },
    "sender": {
        "pending": frozenset({"withdrawn"}),
        "not_now": frozenset({"withdrawn"}),
        "interested": frozenset({"ended"}),
    },
}
_KIND_WORD = "It was not answered within 30 days. That is no judgement: people are busy, and times change."


def refused() -> Forbidden:
    """One sentence for every reason, so that it tells none: not open to it, or not for this audience, or not
    so often, or no longer; blocked; shielded.
    """
    return Forbidden("This member cannot be asked for that by you at present.")


class NewContact(Shape):
    """`answer`: to the question that the member asks of all who contact them for this by name."""

    member: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="A handle, or the alias of a blind search."
    )
    activity: Activity
    message: Annotated[Prose, StringConstraints(min_length=1, max_length=2_000)]
    answer: Annotated[Prose, StringConstraints(max_length=1_000)] = ""


class ContactEdit(Shape):
    """`interested` and `not_now` by the recipient, `withdrawn` by the sender, `ended` by either."""

    state: Literal["interested", "not_now", "withdrawn", "ended"]


class Card(Shape):
    """A contact in one of one's lists."""

    id: Id
    role: Role
    other: Who | None = Field(None, description="Null only where `alias` stands for them.")
    alias: str | None = Field(None, description="Of a blind search, until they are interested.")
    activity: Activity
    preview: str
    state: Shown
    created_at: str
    closes_at: str


class Whole(Card):
    question: str
    answer: str
    message: str
    note: str = ""


class Contact(Shape):
    id: Id
    sender_id: Id
    recipient_id: Id
    alias: str | None = None  # by which the sender knows the recipient until the latter is interested
    activity: Activity
    question: str
    answer: str
    message: str
    state: State
    version: int
    created_at: str
    closes_at: str
    updated_at: str

    @classmethod
    def made(
        cls,
        new: NewContact,
        *,
        sender_id: str,
        recipient_id: str,
        alias: str | None,
        question: str,
        now: datetime,
    ) -> Self:
        stamp = clock.timestamp(now)
        return cls(
            id=clock.new_id(),
            sender_id=sender_id,
            recipient_id=recipient_id,
            alias=alias,
            activity=new.activity,
            question=question,
            answer=new.answer if question else "",
            message=new.message,
            state="pending",
            version=1,
            created_at=stamp,
            closes_at=clock.timestamp(now + OPEN_FOR),
            updated_at=stamp,
        )

    def without(self, member_id: str) -> Self:
        """Neither the member nor their words. What the other side wrote stays."""
        asked = {"sender_id": NOBODY, "message": "", "answer": ""} if member_id == self.sender_id else {}
        was_asked = {"recipient_id": NOBODY, "question": ""} if member_id == self.recipient_id else {}
        return self.model_copy(update=asked | was_asked | {"state": "ended", "version": self.version + 1})

    @property
    def preview(self) -> str:
        return " ".join(self.message.split())[:_PREVIEW]

    def role(self, member_id: str) -> Role | None:
        if member_id == self.sender_id:
            return "sender"
        return "recipient" if member_id == self.recipient_id else None

    def other_id(self, role: Role) -> str:
        return self.recipient_id if role == "sender" else self.sender_id

    def is_blind(self, role: Role) -> bool:
        return role == "sender" and self.alias is not None and self.state not in ("interested", "ended")

    def told(self, role: Role) -> State:
        """Its state as this side is told it, but for what time has done."""
        return "pending" if role == "sender" and self.state == "not_now" else self.state

    def shown(self, role: Role, now: datetime) -> Shown:
        told = self.told(role)
        return "closed" if told == "pending" and self.is_over(now) else told

    def is_over(self, now: datetime) -> bool:
        return self.closes_at <= clock.timestamp(now)

    def decided(self, role: Role, state: State, now: datetime) -> Self:
        """The next version; itself where that is so already."""
        ways = TRANSITIONS[role]
        if all(state not in each for each in ways.values()):
            raise Forbidden(f"To say {state} is up to the other side.")
        if state == self.state:
            return self
        if self.shown(role, now) == "closed":
            raise Conflict("It was closed after 30 days without an answer.")
        if state not in ways.get(self.state, frozenset()):
            raise Conflict(f"It is {self.told(role)}, and cannot become {state} from there.")
        stamps = {"version": self.version + 1, "updated_at": clock.timestamp(now)}
        return self.model_copy(update={"state": state} | stamps)

    def whole(self, role: Role, other: Who, now: datetime, *, is_cut: bool = False) -> Whole:
        """`is_cut`: one of them has blocked the other. Nobody is told why a conversation has ended."""
        blind, shown = self.is_blind(role), self.shown(role, now)
        return Whole(
            id=self.id,
            role=role,
            other=None if blind else other,
            alias=self.alias if blind else None,
            activity=self.activity,
            preview=self.preview,
            state="ended" if shown == "interested" and is_cut else shown,
            created_at=self.created_at,
            closes_at=self.closes_at,
            question=self.question,
            answer=self.answer,
            message=self.message,
            note=_KIND_WORD if shown == "closed" and role == "sender" else "",
        )
