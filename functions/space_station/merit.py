"""The order of the Space Station: by what somebody has done lately, and who confirms it.

Each public highlight but jobs counts one point, and one more for each collaborator who has confirmed it,
up to three. A year holds 24 points at most, so that nobody gets ahead by the mere number. The points of a
year are worth twice as much as those of two years before. Titles, employers and the number of tags count
nothing.

Points gain worth with the year they belong to, and never lose any (forward decay: Cormode and others,
"Forward Decay", ICDE 2009). As everybody's fade at the same pace, the order is right without ever being
made anew.
"""

import math
from typing import Any

_MOST_IN_A_YEAR = 24
_MOST_CONFIRMED = 3
_DOUBLED_WITHIN = 2  # years
_STEPS_PER_DOUBLING = 4
_FIRST_YEAR = 2000
_LAST = 999

STEPS_IN_A_TIER = 16

type Item = dict[str, Any]


def points(highlight: Item) -> int:
    if highlight["kind"] == "job":
        return 0
    confirmed: int = sum(each["state"] == "confirmed" for each in highlight["collaborators"])
    return 1 + min(confirmed, _MOST_CONFIRMED)


def year(highlight: Item) -> str:
    """When it was done: its end, or its beginning; nothing counts ahead of its time."""
    done = (highlight.get("end") or highlight["start"])[:4]
    return min(str(done), str(highlight["created_at"][:4]))


def rank(points_by_year: dict[str, int]) -> str:
    """Sorts the best first: three digits."""
    worth = sum(
        min(count, _MOST_IN_A_YEAR) * 2.0 ** ((int(each) - _FIRST_YEAR) / _DOUBLED_WITHIN)
        for each, count in points_by_year.items()
    )
    return f"{_LAST - int(_STEPS_PER_DOUBLING * math.log2(1 + worth)):03}"


def tier(rank: str) -> int:
    """0 is the lowest; four doublings to each. A tier is a partition of its own."""
    return (_LAST - int(rank[:3])) // STEPS_IN_A_TIER


def last_rank(tier: int) -> str:
    return f"{_LAST - tier * STEPS_IN_A_TIER:03}"
