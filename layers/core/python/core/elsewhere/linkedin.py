"""What a row of LinkedIn becomes, whether it comes in its archive or by its API."""

from typing import Any

from core.elsewhere import given_dates, tidy
from core.elsewhere.found import Found, identity
from core.elsewhere.linkedin_tables import Cells, Row, Section, filled


def read(section: Section, place: int, row: Row) -> Found:
    """As it may stand on a timeline, or why it may not. `place`: which row it is, from 1."""
    cells = {name: filled(row, *columns) for name, columns in section.columns.items()}
    title = section.title(cells)
    found = Found(section=section.name, place=place, title=title or "Untitled")
    if not title:
        return found.model_copy(update={"reason": section.nameless, "ticked": False})
    start = given_dates.read(cells.get("start", ""))
    fields = {"kind": section.kind(cells), "title": title, **_dates(section, cells, start)}
    fields |= {"text": section.text(cells), "links": section.links(cells), "tags": []}
    key = identity(
        f"linkedin:{section.key}", *(cells.get(name, "") for name in section.identity), start or ""
    )
    about = {"identity": key, "fields": fields, "reason": _undated(cells, fields)}
    return found.model_copy(update=about | {"ticked": section.ticked and "start" in fields})


def _dates(section: Section, cells: Cells, start: str | None) -> dict[str, Any]:
    """What has no beginning but an end stands where it ended."""
    end = given_dates.read(cells.get("end", ""))
    if start is None:
        return {"start": end, "ongoing": False} if end else {"ongoing": False}
    goes_on = section.goes_on and (not cells.get("end") or given_dates.is_ongoing(cells["end"]))
    dates = {"start": start, "ongoing": goes_on}
    return dates | ({"end": end} if end and end[: len(start)] >= start[: len(end)] else {})


def _undated(cells: Cells, fields: dict[str, Any]) -> str:
    if "start" in fields:
        return ""
    said = cells.get("start") or cells.get("end") or ""
    if given_dates.is_nothing(said):
        return "It has no date: give it one."
    return f"Its date “{tidy.line(said, 40)}” cannot be read: give it one."
