"""Imports: archives that members bring along, and the rows that were found in them.

Entity        pk                          sk             answers
Import        IMPORT#<import>             IMPORT         an import: the fact
Import row    IMPORT#<import>             ROW#<place>    what was found in its archive, in order

An import is in gsi2 by whose it is (IMPORTS#<member>, <import>).
"""

from core.keys.key import INDEXES, Key


def import_job(import_id: str) -> Key:
    return Key(f"IMPORT#{import_id}", "IMPORT")


def import_row(import_id: str, place: str) -> Key:
    """`place`: five digits."""
    return Key(f"IMPORT#{import_id}", f"ROW#{place}")


def imports_of(member_id: str, import_id: str = "") -> dict[str, str]:
    """Its place among all imports of its member."""
    return dict(zip(INDEXES["gsi2"], (f"IMPORTS#{member_id}", import_id), strict=True))
