"""From an upload to a preview."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, confined
from imports import child
from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import UPLOADS, Imports, stored
from tests.functions.imports.archives import POSITIONS, PROJECTS

ARCHIVE = archives.zipped(Positions_csv=POSITIONS, Projects_csv=PROJECTS, Skills_csv="Name\nRust\n")


def test_shows_what_would_become_of_each_row(imports: Imports, alice: Person) -> None:
    import_id = imports.bring(alice, ARCHIVE)
    answer = imports.get(alice, import_id).json

    assert (answer["state"], answer["progress"]) == ("preview", {"done": 0, "of": 5})
    assert answer["counts"] == {"new": 3, "undated": 1, "suggested": 1, "same": 0, "updated": 0, "refused": 0}
    told = [(row["id"], row["title"], row["what"], row["ticked"]) for row in answer["rows"]["items"]]
    assert told == [
        ("00001", "Engineer, Hooli", "new", True),
        ("00002", "Senior Engineer, Pied Piper", "new", True),
        ("00003", "Nucleus", "new", True),
        ("00004", "Somewhere", "undated", False),
        ("00005", "Rust", "suggested", False),
    ]
    assert answer["rows"]["items"][3]["reason"] == "It has no date: give it one."


def test_the_file_itself_is_not_kept(imports: Imports, alice: Person) -> None:
    imports.bring(alice, ARCHIVE)

    assert imports.bucket.list_objects_v2(Bucket=UPLOADS).get("KeyCount") == 0


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("linkedin", b"no archive", "no ZIP archive"),
        ("linkedin", archives.archive({"../Positions.csv": POSITIONS}), "leads out of it"),
        ("linkedin", archives.archive({"Positions.csv": b"\0" * 8_000_000}), "100 times larger"),
        ("medium", ARCHIVE, "no stories"),
        ("json_resume", b"[]", "no JSON Resume"),
    ],
)
def test_says_why_a_file_is_refused(
    imports: Imports, alice: Person, kind: str, content: bytes, reason: str
) -> None:
    answer = imports.get(alice, imports.bring(alice, content, kind)).json

    assert answer["state"] == "refused"
    assert reason in answer["reason"]
    assert imports.bucket.list_objects_v2(Bucket=UPLOADS).get("KeyCount") == 0


def test_the_same_event_twice_reads_it_once(imports: Imports, alice: Person) -> None:
    import_id = imports.bring(alice, ARCHIVE)
    before = stored("IMPORT#")

    assert imports.read(import_id) == []
    assert stored("IMPORT#") == before


def test_another_file_by_the_same_form_changes_nothing(imports: Imports, alice: Person) -> None:
    import_id = imports.bring(alice, ARCHIVE)
    before = stored("IMPORT#")

    imports.upload(import_id, archives.zipped(Positions_csv=POSITIONS.replace("Hooli", "Evil")))

    assert imports.read(import_id) == []
    assert stored("IMPORT#") == before
    assert imports.bucket.list_objects_v2(Bucket=UPLOADS).get("KeyCount") == 0


def test_reading_that_was_cut_off_is_done_again(
    imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = str(imports.create(alice).json["id"])
    imports.upload(made, ARCHIVE)
    with monkeypatch.context() as patch:
        patch.setattr("imports.store.put_rows", _dies)
        assert imports.read(made) == [{"itemIdentifier": "1"}]
    assert imports.get(alice, made).json["state"] == "reading"

    assert imports.read(made) == []
    assert imports.get(alice, made).json["state"] == "preview"


def test_an_upload_of_nobodys_import_is_dropped(imports: Imports) -> None:
    imports.upload("01ARZ3NDEKTSV4RRFFQ69G5FAV", ARCHIVE)

    assert imports.read("01ARZ3NDEKTSV4RRFFQ69G5FAV") == []
    assert imports.bucket.list_objects_v2(Bucket=UPLOADS).get("KeyCount") == 0


def test_what_never_came_is_said_to_be_refused(
    imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = str(imports.create(alice).json["id"])
    later = clock.now() + timedelta(minutes=20)
    monkeypatch.setattr("core.clock.now", lambda: later)

    answer = imports.get(alice, made).json
    assert (answer["state"], answer["reason"]) == ("refused", "No file arrived within ten minutes.")


def test_the_child_knows_nothing_of_ours(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")

    assert not [name for name in confined.environment(str(tmp_path)) if name.startswith("AWS")]


def test_a_child_that_is_killed_is_a_refusal(imports: Imports, alice: Person, monkeypatch: Any) -> None:
    monkeypatch.setattr("imports.opening._PATIENCE_SECONDS", 0.001)

    answer = imports.get(alice, imports.bring(alice, ARCHIVE)).json
    assert (answer["state"], answer["reason"]) == ("refused", "The file takes too long to be read.")


def test_memory_that_runs_out_is_a_refusal(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(child._READERS, "medium", _runs_out)

    assert child.answer("medium", tmp_path) == {
        "refused": "The file needs more memory to be read than we give to one."
    }


def _dies(*_: object) -> None:
    raise RuntimeError


def _runs_out(_: object) -> Any:
    raise MemoryError
