"""An opportunity: what is asked, of whom, where, how it is paid, and how long it stands on the board."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, Self

from core import clock
from core.activities import Activity
from core.errors import Conflict
from core.people import Who
from core.shapes import Id, Shape, distinct, fold

LISTED = timedelta(days=30)
RENEWED_EARLY = timedelta(days=7)  # no renewal before the last week: nobody is on top for being busy
_DAY_ENDS_EVERYWHERE = timedelta(days=1, hours=12)  # when a date is over in the last of all time zones
_MOST_PLACES = 4

Visibility = Literal["public", "members"]
Outcome = Literal["found", "found-elsewhere", "nobody-fitted", "cancelled"]


class Card(Shape):
    """An opportunity as it stands in lists. `open`, `expired` and renewable, or `closed` for good."""

    id: Id
    member_id: Id
    activity: Activity
    title: str
    tags: list[str]
    time_needed: str
    paid: bool
    payment: str
    place: str
    remote: bool
    language: str
    deadline: str | None = None
    visibility: Visibility
    state: Literal["open", "expired", "closed"]
    listed_at: str
    expires_at: str
    version: int
    created_at: str
    updated_at: str

    def seen(self, now: datetime) -> Self:
        """Time alone takes it off the board; nothing has to be written for it."""
        expired = self.state == "open" and self.expires_at <= clock.timestamp(now)
        return self.model_copy(update={"state": "expired"}) if expired else self

    def places(self) -> list[str]:
        """`Lisboa, Portugal` is found by `lisboa` and by `Portugal`."""
        return distinct([part for each in self.place.split(",") if (part := fold(each))])[:_MOST_PLACES]

    def facets(self) -> list[str]:
        """The lists of the board that it stands in."""
        if self.state == "closed":
            return []
        named = [f"activity:{self.activity}", *(f"tag:{each}" for each in self.tags)]
        where = [f"place:{each}" for each in self.places()] + ["remote"] * self.remote
        return ["all", *named, *where, f"paid:{self.paid}"]


class Opportunity(Card):
    text: str
    html: str
    outcome: Outcome | None = None
    outcome_note: str = ""

    def card(self) -> Card:
        return Card.model_validate(self.model_dump(include=set(Card.model_fields)))

    def changed(self, now: datetime, **changes: Any) -> Self:
        """The next version. What is closed stays as it is."""
        if self.state == "closed":
            raise Conflict("It is closed, and stays as it is.")
        stamps = {"version": self.version + 1, "updated_at": clock.timestamp(now)}
        values = self.model_dump() | changes | stamps
        until = end(datetime.fromisoformat(values["listed_at"]), values["deadline"])
        return type(self).model_validate(values | {"expires_at": until})

    def renewed(self, now: datetime) -> Self:
        earliest = datetime.fromisoformat(self.listed_at) + LISTED - RENEWED_EARLY
        if self.state != "closed" and is_over(self.deadline, now):
            raise Conflict("Its deadline has passed. Set a later one first.")
        if self.state != "closed" and now < earliest:
            raise Conflict(f"It can be renewed from {clock.timestamp(earliest)} on.")
        return self.changed(now, listed_at=clock.timestamp(now))


class Posted(Card):
    """With who has posted it."""

    poster: Who


class PostedWhole(Opportunity):
    poster: Who


def end(listed_at: datetime, deadline: str | None) -> str:
    ends = listed_at + LISTED
    return clock.timestamp(min(ends, _end_of(deadline)) if deadline else ends)


def is_over(deadline: str | None, now: datetime) -> bool:
    return deadline is not None and _end_of(deadline) <= now


def _end_of(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + _DAY_ENDS_EVERYWHERE
