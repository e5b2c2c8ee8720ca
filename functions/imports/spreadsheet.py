"""A table in CSV or TSV as exports and spreadsheet programs leave it: in any encoding, below any notes."""

import csv
import io
from collections.abc import Collection, Iterator
from typing import NamedTuple

from core.shapes import fold
from imports.found import Refused

_SEPARATORS = ",\t;"
_HEADER_WITHIN = 10  # rows: LinkedIn writes notes above some
_LONGEST_CELL = 1_000_000
MOST_ROWS = 20_000

type Row = dict[str, str]


class Style(NamedTuple):
    separator: str
    header: int  # which row
    columns: list[str]


def rows(content: bytes, known: Collection[str]) -> list[tuple[int, Row]]:
    """Each row that says anything, with its number from 1; by the names of its columns, folded.

    The header is the first row that has one of the `known` columns. Of columns of one name the first counts.
    """
    text = decoded(content)
    style = _style(text, set(known))
    found = _cells(text, style, escaped=False)
    if _misfits(found, style):  # where quotes are escaped by a backslash, rows fall apart
        other = _cells(text, style, escaped=True)
        found = min(found, other, key=lambda each: _misfits(each, style))
    made = [(number, _named(cells, style.columns)) for number, cells in enumerate(found, start=1)]
    return [(number, row) for number, row in made if any(row.values())]


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[:200].count(0) > 20:  # UTF-16 whose mark was lost
        kind = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
        return content.decode(kind, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _style(text: str, known: set[str]) -> Style:
    for separator in _SEPARATORS:
        for number, cells in enumerate(_read(text, separator, escaped=False, most=_HEADER_WITHIN)):
            columns = [fold(cell).lstrip("\ufeff") for cell in cells]
            if known & set(columns):
                return Style(separator, number, columns)
    raise Refused("It has none of the columns that such a file has.")


def _cells(text: str, style: Style, *, escaped: bool) -> list[list[str]]:
    found = _read(text, style.separator, escaped=escaped, most=MOST_ROWS + style.header + 2)
    cells = list(found)[style.header + 1 :]
    if len(cells) > MOST_ROWS:
        raise Refused(f"It has more than {MOST_ROWS} rows.")
    return cells


def _read(text: str, separator: str, *, escaped: bool, most: int) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    how = {"escapechar": "\\", "doublequote": False} if escaped else {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, **how)  # type: ignore[arg-type]
    try:
        for _, cells in zip(range(most), reader, strict=False):
            yield cells
    except csv.Error:
        raise Refused("It is damaged: it cannot be read as a table.") from None


def _misfits(found: list[list[str]], style: Style) -> int:
    return sum(any(cell.strip() for cell in cells[len(style.columns) :]) for cells in found)


def _named(cells: list[str], columns: list[str]) -> Row:
    row: Row = {}
    for column, cell in zip(columns, cells, strict=False):
        row.setdefault(column, cell.strip())
    return row
