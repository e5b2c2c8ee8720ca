"""The waiting list: who is on it, in which state, and the links that are sent to them."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from core import tokens
from core.errors import NotFound
from core.shapes import Address, Line, Shape

LIST = "waiting-list"  # the mailing list of those that wait
HUNDRED = 100  # so many numbers are counted together
GOOD_FOR_DAYS = 14  # an admission; then its place goes to the next one
_CONFIRMED_WITHIN_SECONDS = 7 * 86_400
_PURPOSE = "waitlist"


class Joining(Shape):
    email: Address


class Held(Shape):
    """What stands behind the `#` of the link in the mail."""

    token: Annotated[Line, StringConstraints(min_length=1, max_length=1000)]


class Place(Shape):
    state: Literal["waiting", "admitted"]
    place: int | None = Field(description="1 is the next one; null once admitted.")
    waiting: int = Field(description="How many are on the list.")
    since: str


class Link(NamedTuple):
    """Who has it can read mail to the address, which the token itself holds: nothing is kept before."""

    address: str
    sent_at: int

    @property
    def digest(self) -> str:
        return tokens.digest(self.address)

    def is_fresh(self, now: datetime) -> bool:
        """An old one shows a place, and makes none."""
        return now.timestamp() < self.sent_at + _CONFIRMED_WITHIN_SECONDS


def link(address: str, now: datetime) -> str:
    return tokens.sign(_PURPOSE, f"{int(now.timestamp())} {address}")


def read(token: str) -> Link:
    text = tokens.read(_PURPOSE, token)
    if text is None:
        raise NotFound("This link is not one of ours, or not whole: copy it from the mail again.")
    sent_at, _, address = text.partition(" ")
    return Link(address, int(sent_at))


def nobody() -> NotFound:
    return NotFound("There is no place behind this link any more. Join again, and you get a new one.")


class Next(NamedTuple):
    """Somebody who waits: their number, which never changes, and where a mail reaches them."""

    number: int
    email: str
    digest: str
    since: str
