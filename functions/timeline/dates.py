"""Dates as people know them: a year, a month or a day, kept as given. No day is ever invented."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def _possible(text: str) -> str:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    if not 1900 <= year <= 2100:
        raise ValueError("must be a year between 1900 and 2100")
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError("is not in the calendar") from None
    return text


PartialDate = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_possible)
]


def is_before(end: str, start: str) -> bool:
    """Whether a range would end before it starts, at the precision that both have."""
    precision = min(len(end), len(start))
    return end[:precision] < start[:precision]


def sort_key(start: str, *, ongoing: bool) -> str:
    """Read backwards it is the order of a timeline: newest first, and within the same period a coarser date
    after finer ones (`2021-03` after `2021-03-01`). What is ongoing stands on top of its year, as month 99.
    """
    full = start + "-00-00"[len(start) - 4 :]
    return f"{full[:4]}-99-{full[5:]}" if ongoing else full


def bounds(year: int | None, month: int | None) -> list[tuple[str, str]]:
    """The ranges of sort keys of a year, or of a month (where what is ongoing stands apart); newest first."""
    if year is None:
        return [("0", "~")]
    if month is None:
        return [(f"{year}-", f"{year}-~")]
    return [
        (f"{year}-99-{month:02}", f"{year}-99-{month:02}~"),
        (f"{year}-{month:02}", f"{year}-{month:02}~"),
    ]


def down_from(period: str) -> tuple[str, str]:
    """The sort keys of a year, month or day and of all that stands below it on a timeline."""
    return "0", f"{period}~" if len(period) > 4 else f"{period}-~"


def above(period: str) -> tuple[str, str]:
    """All the others: `~` sorts behind what begins with the period, and ends no key."""
    return down_from(period)[1], "~"
