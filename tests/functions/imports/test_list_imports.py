"""One's imports, and the rows of one, page by page."""

from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import Imports
from tests.functions.imports.archives import POSITIONS, PROJECTS

ARCHIVE = archives.zipped(Positions_csv=POSITIONS, Projects_csv=PROJECTS)


def test_the_newest_comes_first_page_by_page(imports: Imports, alice: Person) -> None:
    made = [str(imports.create(alice).json["id"]) for _ in range(3)]

    first = imports.list(alice, limit=2).json
    second = imports.list(alice, limit=2, after=first["next"]).json

    assert [each["id"] for each in first["items"] + second["items"]] == sorted(made, reverse=True)
    assert second["next"] is None


def test_rows_come_page_by_page_in_their_order(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    first = imports.get(alice, made, limit=3).json["rows"]
    second = imports.get(alice, made, limit=3, after=first["next"]).json["rows"]

    assert [row["id"] for row in first["items"] + second["items"]] == ["00001", "00002", "00003", "00004"]
    assert second["next"] is None


def test_a_cursor_of_another_list_is_refused(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    cursor = imports.get(alice, made, limit=1).json["rows"]["next"]

    assert imports.list(alice, after=cursor).status == 400
    assert imports.get(alice, imports.bring(alice, ARCHIVE), after=cursor).status == 400
