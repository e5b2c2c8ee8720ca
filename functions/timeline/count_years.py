"""Effect of HighlightChanged: the year counts of all whose timeline it stands on."""

from collections import defaultdict
from functools import partial
from typing import Any

from core import keys, table
from core.derived import collection, settle
from core.events import HighlightChanged, subscriber
from core.table import Item, Write
from timeline import standing, years


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    fact = keys.highlight(event.highlight_id)
    found = collection(fact)
    for member_id in standing.members(found, fact, keys.counted(event.highlight_id, "")):
        marker = keys.counted(event.highlight_id, member_id)
        settle(fact, marker, partial(_counted, member_id), partial(_moves, member_id), found)


def _counted(member_id: str, fact: Item | None) -> Item | None:
    highlight, facets = standing.on(fact, member_id)
    return {"month": years.attribute(highlight), "facets": facets} if highlight else None


def _moves(member_id: str, old: Item, new: Item) -> list[Write]:
    """One update for each facet: minus one where it was, plus one where it is."""
    steps: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for state, step in ((old, -1), (new, 1)):
        for facet in state.get("facets", []):
            steps[facet][state["month"]] += step
    changed = {facet: {month: by for month, by in months.items() if by} for facet, months in steps.items()}
    return [_update(member_id, facet, months) for facet, months in changed.items() if months]


def _update(member_id: str, facet: str, months: dict[str, int]) -> Write:
    change = "ADD " + ", ".join(f"#{month} :{month}" for month in months)
    values: dict[str, Any] = dict(months)
    return table.update(keys.years(member_id, facet), change, **values)
