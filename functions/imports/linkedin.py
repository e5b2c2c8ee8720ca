"""LinkedIn's archive ("Get a copy of your data"): which of its files are read."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from core.elsewhere.found import Found, told_apart
from core.elsewhere.linkedin import read
from core.elsewhere.linkedin_tables import SECTIONS
from core.shapes import fold
from imports import linkedin_articles, linkedin_profile, spreadsheet
from imports.archive import Archive
from imports.found import Contents, Refused

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
    return [read(reader, place, row) for place, row in spreadsheet.rows(content, known)]


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
