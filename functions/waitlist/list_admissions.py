"""GET /v1/admissions"""

from typing import Annotated

from pydantic import Field

from core.http import endpoint
from core.request import Operator, Query
from core.shapes import Shape
from waitlist import admitting, queue


class Asked(Shape):
    limit: Annotated[int, Field(ge=1, le=100, description="Of each of the two lists.")] = 20


class Person(Shape):
    email: str
    since: str


class Guest(Shape):
    email: str
    admitted_at: str
    until: str


class Admissions(Shape):
    waiting: int = Field(description="How many are on the list.")
    next: list[Person] = Field(description="Those who have waited the longest.")
    not_come: list[Guest] = Field(description="Admitted, without an account yet; whose time ends first.")


@endpoint()
def handler(asked: Query[Asked], me: Operator) -> Admissions:  # noqa: ARG001 - that it is one is what counts
    people = queue.first(asked.limit)
    guests = admitting.not_come(admitting.unused(asked.limit))
    return Admissions(
        waiting=queue.waiting(),
        next=[Person(email=each.email, since=each.since) for each in people],
        not_come=[Guest(email=each["email"], admitted_at=each["at"], until=each["until"]) for each in guests],
    )
