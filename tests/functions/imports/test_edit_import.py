"""What of an archive is to be taken."""

from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import Imports
from tests.functions.imports.archives import POSITIONS, PROJECTS

ARCHIVE = archives.zipped(Positions_csv=POSITIONS, Projects_csv=PROJECTS, Skills_csv="Name\nRust\n")


def ticked(imports: Imports, who: Person, import_id: str) -> list[str]:
    return [row["id"] for row in imports.rows(who, import_id) if row["ticked"]]


def test_all_none_or_what_was_suggested(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    assert imports.edit(alice, made, take="none").status == 200
    assert ticked(imports, alice, made) == []
    imports.edit(alice, made, take="all")
    assert ticked(imports, alice, made) == ["00001", "00002", "00003"]


def test_single_rows_and_then_all_of_them(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    imports.edit(alice, made, take="none", rows=[{"id": "00002", "take": True}])
    assert ticked(imports, alice, made) == ["00002"]
    imports.edit(alice, made, rows=[{"id": "00003", "take": True}, {"id": "00002", "take": False}])
    assert ticked(imports, alice, made) == ["00003"]
    imports.edit(alice, made, take="suggested")
    assert ticked(imports, alice, made) == ["00001", "00002", "00003"]


def test_a_row_of_which_nothing_is_said(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    refused = imports.edit(alice, made, rows=[{"id": "00002", "take": None}])
    assert refused.status == 422
    assert refused.pointers == ["/rows/0"]


def test_a_date_for_what_has_none(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    imports.edit(alice, made, rows=[{"id": "00004", "start": "2015-03", "end": "2016"}])

    row = imports.rows(alice, made)[3]
    assert (row["what"], row["ticked"], row["start"], row["end"]) == ("new", True, "2015-03", "2016")


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        ({"id": "00001", "start": "2015"}, "/rows/0"),
        ({"id": "00005", "take": True}, "/rows/0"),
        ({"id": "00009", "take": True}, "/rows/0"),
        ({"id": "1", "take": True}, "/rows/0/id"),
        ({"id": "00004", "start": "soon"}, "/rows/0/start"),
        ({"id": "00004", "start": "2015-02-30"}, "/rows/0/start"),
        ({"id": "00004", "start": "2015", "end": "2014"}, "/rows/0"),
        ({"id": "00004", "end": "2014"}, "/rows/0"),
    ],
)
def test_refuses_what_cannot_be_chosen(
    imports: Imports, alice: Person, row: dict[str, Any], pointer: str
) -> None:
    made = imports.bring(alice, ARCHIVE)
    before = imports.rows(alice, made)

    refused = imports.edit(alice, made, rows=[row])

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert imports.rows(alice, made) == before


def test_refuses_a_row_named_twice(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    assert imports.edit(alice, made, rows=[{"id": "00001", "take": True}] * 2).pointers == ["/rows"]


def test_only_a_preview_can_be_changed(imports: Imports, alice: Person) -> None:
    waiting = str(imports.create(alice).json["id"])
    done = imports.bring(alice, ARCHIVE)
    imports.take(alice, done)

    assert imports.edit(alice, waiting, take="all").status == 409
    assert imports.edit(alice, done, take="all").status == 409
    assert imports.edit(alice, done, state="taking").status == 409


def test_a_stranger_finds_nothing(imports: Imports, alice: Person, mallory: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    assert imports.edit(mallory, made, take="all").status == 404
    assert imports.get(mallory, made).status == 404
    assert imports.undo(mallory, made).status == 404
    assert imports.list(mallory).json == {"items": [], "next": None}
