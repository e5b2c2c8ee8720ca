"""How many highlights a timeline holds in each year and month: what the year selector is drawn from.

One item for each facet of a timeline, an attribute for each month: `2019c` counts the public ones of December
2019 (`20190` those with no month), `m2019c` the members-only ones, `d2019c` the drafts. Short names,
for the item is read as a whole: forty years with something in each month take about 7 KB.
"""

from collections import defaultdict
from typing import Self

from pydantic import model_validator

from core import keys, table
from core.shapes import Shape, Slug, Tag
from timeline.highlight import Highlight, Kind

_MARKS = {"public": "", "members": "m", "draft": "d"}
_SEES = {"public": ("",), "members": ("", "m"), "owner": ("", "m", "d")}


class CountHighlights(Shape):
    """One filter at most."""

    tag: Tag | None = None
    badge: Slug | None = None
    kind: Kind | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) > 1:
            raise ValueError("only one of tag, badge and kind can be counted by")
        return self

    def facet(self) -> str:
        return next((f"{name}:{getattr(self, name)}" for name in self.model_fields_set), "all")


class Month(Shape):
    month: int
    count: int


class Year(Shape):
    """`count` may be more than its months hold: not every date has a month."""

    year: int
    count: int
    months: list[Month]


class Years(Shape):
    count: int
    years: list[Year]


def of(member_id: str, facet: str, audience: str) -> Years:
    item = table.get(keys.years(member_id, facet)) or {}
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, count in item.items():
        mark, year, month = name[:-5], name[-5:-1], name[-1:]
        if mark in _SEES[audience] and year.isdecimal() and count:
            counts[int(year)][int(month, 16)] += count
    years = [_year(year, months) for year, months in sorted(counts.items(), reverse=True)]
    return Years(count=sum(each.count for each in years), years=years)


def attribute(highlight: Highlight) -> str:
    """Where a highlight is counted."""
    year, _, rest = highlight.start.partition("-")
    return f"{_MARKS[highlight.visibility]}{year}{int(rest[:2] or 0):x}"


def _year(year: int, counts: dict[int, int]) -> Year:
    months = [
        Month(month=month, count=count) for month, count in sorted(counts.items(), reverse=True) if month
    ]
    return Year(year=year, count=sum(counts.values()), months=months)
