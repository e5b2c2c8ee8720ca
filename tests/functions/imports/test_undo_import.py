"""An import taken back as a whole."""

from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import Imports, stored, titles
from tests.functions.imports.archives import POSITIONS
from tests.functions.timeline.acting import edit

ARCHIVE = archives.zipped(Positions_csv=POSITIONS, Skills_csv="Name\nRust\n")


def test_nothing_of_it_is_left(imports: Imports, alice: Person) -> None:
    before = stored()
    made = imports.bring(alice, ARCHIVE)
    imports.take(alice, made)

    answer = imports.undo(alice, made)

    assert (answer.status, answer.json["state"]) == (202, "undoing")
    assert imports.get(alice, made).status == 404
    assert titles(alice) == []
    left = [item for item in stored() if item not in before]
    assert [item["pk"].partition("#")[0] for item in left] == ["LIMIT"]


def test_what_was_edited_since_stays(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.take(alice, made)
    edit(alice, imports.rows(alice, made)[0]["highlight_id"], title="My first job")

    imports.undo(alice, made)

    assert titles(alice) == ["My first job"]
    assert stored("ARRIVAL#") == []


def test_what_another_import_holds_too_stays(imports: Imports, alice: Person) -> None:
    first, second = imports.bring(alice, ARCHIVE), imports.bring(alice, ARCHIVE)
    imports.take(alice, first)
    imports.take(alice, second)

    imports.undo(alice, first)
    assert titles(alice) == ["Senior Engineer, Pied Piper", "Engineer, Hooli"]
    imports.undo(alice, second)
    assert titles(alice) == []


def test_a_preview_is_thrown_away(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)

    assert imports.undo(alice, made).status == 202
    assert stored("IMPORT#") == []


def test_what_is_under_way_must_end_first(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.edit(alice, made, state="taking")

    assert imports.undo(alice, made).status == 409


def test_it_can_be_asked_for_twice(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.take(alice, made)
    from imports import undo_import
    from tests.cloud import call

    answers = [call(undo_import.handler, user=alice.id, import_id=made).status for _ in range(2)]
    imports.work(made)

    assert answers == [202, 202]
    assert stored("IMPORT#") == []


def test_the_archive_can_come_again(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.take(alice, made)
    imports.undo(alice, made)

    imports.take(alice, imports.bring(alice, ARCHIVE))
    assert titles(alice) == ["Senior Engineer, Pied Piper", "Engineer, Hooli"]
