"""LinkedIn's archive ("Get a copy of your data"): which of its files are read, and what their rows become.

Columns are found by their names: their order and their number have changed over the years (docs/imports.md).
"""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from core.shapes import fold
from imports import given_dates, linkedin_articles, linkedin_profile, spreadsheet, tidy
from imports.archive import Archive
from imports.found import Contents, Found, Refused, identity, told_apart
from imports.linkedin_rows import SECTIONS, Cells, Section, filled
from imports.spreadsheet import Row

_READERS: dict[str, Callable[[bytes], list[Found]]] = {
    "profile": linkedin_profile.profile,
    "profilesummary": linkedin_profile.summary,
    "skills": linkedin_profile.skills,
    "languages": linkedin_profile.languages,
}
_MOST_ROWS = 2_000


def contents(path: Path) -> Contents:
    with Archive(path) as archive:
        read = archive.chosen(_is_read)
        found = [row for place, (name, content) in enumerate(read, 1) for row in _rows(place, name, content)]
        ignored = [name for name in archive.names() if not _is_read(PurePosixPath(name))]
    if not found and not any(map(_is_read, map(PurePosixPath, archive.names()))):
        raise Refused("None of its files is one of a LinkedIn archive.")
    if len(found) > _MOST_ROWS:
        raise Refused(f"The archive holds more than {_MOST_ROWS} rows.")
    return Contents(rows=told_apart(found), ignored=ignored)


def rows(section: str, content: bytes) -> list[Found]:
    """`section`: the name of a file, as `_section` has it."""
    if section in _READERS:
        return _READERS[section](content)
    reader = SECTIONS[section]
    known = {column for names in reader.columns.values() for column in names}
    return [_row(reader, place, row) for place, row in spreadsheet.rows(content, known)]


def _rows(place: int, name: PurePosixPath, content: bytes) -> list[Found]:
    if _is_article(name):
        return [linkedin_articles.article(name.name, content).model_copy(update={"place": place})]
    try:
        return rows(_section(name), content)
    except Refused as refusal:  # one bad file keeps none of the others away
        title = name.name[:100]
        return [Found(section=name.stem, place=0, title=title, reason=str(refusal), ticked=False)]


def _is_read(name: PurePosixPath) -> bool:
    is_table = name.suffix.lower() in (".csv", ".tsv")
    return _is_article(name) or (is_table and _section(name) in {*SECTIONS, *_READERS})


def _is_article(name: PurePosixPath) -> bool:
    return name.suffix.lower() in (".html", ".htm") and "articles" in [part.lower() for part in name.parts]


def _section(name: PurePosixPath) -> str:
    """`Complete/Honors_123456.csv` is `honors`. Some of their words come with blanks or underscores."""
    return re.sub(r"_\d+$", "", fold(name.stem)).replace("_", "").replace(" ", "")


def _row(section: Section, place: int, row: Row) -> Found:
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
