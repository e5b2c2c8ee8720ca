"""What a member may write of an opportunity, and the opportunity that becomes of it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from core import clock
from core.activities import Activity
from core.errors import field
from core.markdown import to_html
from core.shapes import Line, Prose, Shape, Tag, distinct
from opportunities.opportunity import Opportunity, Outcome, Visibility, end, is_over

# It is written with an entry for each of its facets, and a transaction holds 100 items: two full sets of
# entries (all, activity, tags, places, remote, paid), its place among the poster's own, the fact, the answer.
_MAX_TAGS = 10


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("must be a day such as 2027-01-31") from None


Short = Annotated[Line, StringConstraints(max_length=160)]
Day = Annotated[str, StringConstraints(max_length=10), AfterValidator(_day)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]


class NewOpportunity(Shape):
    activity: Activity
    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[Prose, StringConstraints(max_length=10_000)] = Field(
        "", description="What is asked, in Markdown."
    )
    tags: Annotated[list[Tag], AfterValidator(distinct), Field(max_length=_MAX_TAGS)] = []
    time_needed: Short = ""
    paid: bool
    payment: Short = Field("", description="How it is paid, or what else there is for it.")
    place: Short = Field("", description="`Lisboa, Portugal`: each part finds it.")
    remote: bool = False
    language: Language = "en"
    deadline: Day | None = Field(None, description="The last day for answers, wherever one is.")
    visibility: Visibility = "public"


class OpportunityEdit(NewOpportunity):
    """Only what is sent is changed. To close it takes `state` and `outcome`, and is for good."""

    activity: Activity = "volunteer"
    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)] = "-"
    paid: bool = False
    state: Literal["closed"] = "closed"
    outcome: Outcome = "found"
    outcome_note: Annotated[Line, StringConstraints(max_length=280)] = ""


def made(new: NewOpportunity, *, member_id: str, now: datetime) -> Opportunity:
    _check(new.model_dump(), now)
    stamp = clock.timestamp(now)
    return Opportunity(
        **new.model_dump(),
        id=clock.new_id(),
        member_id=member_id,
        html=to_html(new.text),
        state="open",
        listed_at=stamp,
        expires_at=end(now, new.deadline),
        version=1,
        created_at=stamp,
        updated_at=stamp,
    )


def edited(old: Opportunity, changes: dict[str, Any], now: datetime) -> Opportunity:
    if "state" in changes and "outcome" not in changes:
        raise field("outcome", "is needed to close it: what came of it?")
    if "state" not in changes and {"outcome", "outcome_note"} & changes.keys():
        raise field("state", "must be closed where there is an outcome")
    if {"deadline", "place", "remote"} & changes.keys():
        _check(old.model_dump() | changes, now if "deadline" in changes else None)
    html = {"html": to_html(changes["text"])} if "text" in changes else {}
    return old.changed(now, **changes, **html)


def _check(values: dict[str, Any], now: datetime | None) -> None:
    """`now`: None where the deadline is an old one, which may have passed."""
    if now and is_over(values["deadline"], now):
        raise field("deadline", "has passed")
    if not (values["place"] or values["remote"]):
        raise field("place", "is needed unless it is remote")
