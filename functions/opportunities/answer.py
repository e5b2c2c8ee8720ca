"""An answer to an opportunity: only its poster and whoever gave it ever see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints

from core import clock
from core.errors import Conflict, Forbidden
from core.people import Who
from core.shapes import Id, Line, Prose, Shape, distinct

Role = Literal["poster", "answerer"]
State = Literal["received", "shortlisted", "declined", "withdrawn"]
Note = Annotated[Line, StringConstraints(max_length=280)]

# Who may take it from which state to which. What is declined or withdrawn stays so.
TRANSITIONS: Mapping[Role, Mapping[State, frozenset[State]]] = {
    "poster": {
        "received": frozenset({"shortlisted", "declined"}),
        "shortlisted": frozenset({"declined"}),
    },
    "answerer": {
        "received": frozenset({"withdrawn"}),
        "shortlisted": frozenset({"withdrawn"}),
    },
}


class NewAnswer(Shape):
    message: Annotated[Prose, StringConstraints(min_length=1, max_length=5_000)]
    highlights: Annotated[list[Id], AfterValidator(distinct), Field(max_length=10)] = Field(
        [], description="Of one's own, as evidence. Drafts cannot be shown."
    )


class AnswerEdit(Shape):
    """`shortlisted` and `declined` by the poster, with a kind word; `withdrawn` by whoever answered."""

    state: Literal["shortlisted", "declined", "withdrawn"]
    note: Note = ""


class Answer(Shape):
    id: Id
    opportunity_id: Id
    poster_id: Id
    member_id: Id
    message: str
    highlights: list[Id]
    state: State
    note: str = ""
    version: int
    created_at: str
    updated_at: str

    @classmethod
    def made(cls, new: NewAnswer, opportunity_id: str, poster_id: str, member_id: str, now: datetime) -> Self:
        stamp = clock.timestamp(now)
        return cls(
            **new.model_dump(),
            id=clock.new_id(),
            opportunity_id=opportunity_id,
            poster_id=poster_id,
            member_id=member_id,
            state="received",
            version=1,
            created_at=stamp,
            updated_at=stamp,
        )

    def role(self, member_id: str) -> Role | None:
        if member_id == self.poster_id:
            return "poster"
        return "answerer" if member_id == self.member_id else None

    def decided(self, role: Role, edit: AnswerEdit, now: datetime) -> Self:
        """The next version; itself where that is so already."""
        if all(edit.state not in each for each in TRANSITIONS[role].values()):
            raise Forbidden(f"To say {edit.state} is up to the other side.")
        if edit.state == self.state and edit.note == self.note:
            return self
        if edit.state not in TRANSITIONS[role].get(self.state, frozenset()):
            raise Conflict(f"It is {self.state} already.")
        note = edit.note if role == "poster" else self.note
        stamps = {"version": self.version + 1, "updated_at": clock.timestamp(now)}
        return self.model_copy(update={"state": edit.state, "note": note} | stamps)


class Evidence(Shape):
    """A highlight as it is now; one that has become a draft, or is gone, is shown no more."""

    id: Id
    kind: str
    title: str
    start: str
    end: str | None
    ongoing: bool
    html: str
    tags: list[str]


class Given(Answer):
    """With who gave it, and what they show."""

    answerer: Who
    evidence: list[Evidence]
