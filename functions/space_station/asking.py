"""What is asked of the Space Station, and what it answers."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from core.activities import Activity
from core.shapes import Id, Line, Paged, Shape, Tag, distinct, fold
from space_station.works import words

Folded = Annotated[Line, AfterValidator(fold), StringConstraints(min_length=1, max_length=60)]
_MOST_WORDS = 4


class SearchSpaceStation(Paged):
    """All that is asked for must hold. `facets` come with the first page. A page can be short though `next`
    is set.
    """

    open_to: Annotated[list[Activity], AfterValidator(distinct), Field(max_length=3)] = []
    tag: Annotated[list[Tag], AfterValidator(distinct), Field(max_length=5)] = []
    badge: Annotated[list[Folded], AfterValidator(distinct), Field(max_length=3)] = []
    place: Annotated[list[Folded], AfterValidator(distinct), Field(max_length=2)] = []
    blind: Literal["true"] | None = None
    q: Annotated[str, StringConstraints(max_length=100)] = Field(
        "", description="Words of name, handle and headline, or how they begin: two letters at least."
    )

    @field_validator("q")
    @classmethod
    def _can_be_found(cls, q: str, others: ValidationInfo) -> str:
        if q and others.data.get("blind"):
            raise ValueError("asks for names, which cannot be done blind")
        if q.strip() and not 0 < len(words(q)) <= _MOST_WORDS:
            raise ValueError(f"must be 1 to {_MOST_WORDS} words of two letters or more")
        return q

    def facets(self) -> list[str]:
        return [
            *(f"open:{each}" for each in self.open_to),
            *(f"tag:{each}" for each in self.tag),
            *(f"badge:{each}" for each in self.badge),
            *(f"place:{each}" for each in self.place),
        ]

    def words(self) -> list[str]:
        return words(self.q)


class Merit(Shape):
    """What the order follows from, roughly: public highlights but jobs, and who has confirmed them."""

    kinds: list[str]
    points: int
    latest: str | None


class MemberCard(Shape):
    id: Id
    handle: str
    name: str
    headline: str
    location: str
    badges: list[str]
    tags: list[str]
    open_to: list[Activity]
    merit: Merit


class Revealed(Shape):
    handle: str
    name: str


class BlindCard(Shape):
    """Nothing in it names anybody: no text of theirs, and only such tags, badges and places as others in the
    same answer have too. `alias` stands for the member in contacts, for this searcher alone. `revealed`:
    who it is, once they have decided to tell this searcher.
    """

    alias: str
    badges: list[str]
    tags: list[str]
    places: list[str]
    open_to: list[Activity]
    merit: Merit
    revealed: Revealed | None


class FacetCount(Shape):
    value: str
    people: int


class Facets(Shape):
    """What would narrow it further, among the people `counted`: the first of those who match; all of them
    where `complete`.
    """

    counted: int
    complete: bool
    open_to: list[FacetCount]
    tag: list[FacetCount]
    badge: list[FacetCount]
    place: list[FacetCount]


class People(Shape):
    items: list[MemberCard | BlindCard]
    next: str | None = None
    facets: Facets | None = None


def roughly(points: int) -> int:
    """Roughly: 1, 3, 10, 30, … so that a number is nobody's mark."""
    return max((each for each in (0, 1, 3, 10, 30, 100, 300) if each <= points), default=0)
