"""An archive taken over, and what of it stands on the timeline."""

from pathlib import Path
from typing import Any

import pytest

from imports import taking
from tests.functions.conftest import Person
from tests.functions.imports import archives
from tests.functions.imports.acting import Imports, stored, titles, told
from tests.functions.imports.archives import POSITIONS, PROJECTS, story
from tests.functions.timeline.acting import edit, read

ARCHIVE = archives.zipped(Positions_csv=POSITIONS, Projects_csv=PROJECTS, Skills_csv="Name\nRust\n")
REAL = Path("/work/shared/data")


def report(taken: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in taken["report"].items() if count}


def highlight(imports: Imports, who: Person, import_id: str, row: int = 0) -> dict[str, Any]:
    found = imports.rows(who, import_id)[row]["highlight_id"]
    return dict(read(found, who).json)


def test_what_is_ticked_stands_on_the_timeline_and_every_row_is_accounted_for(
    imports: Imports, alice: Person
) -> None:
    done = imports.take(alice, imports.bring(alice, ARCHIVE))

    assert (done["state"], done["progress"]) == ("done", {"done": 5, "of": 5})
    assert report(done) == {"taken": 3, "refused": 1, "suggested": 1}
    assert titles(alice) == ["Senior Engineer, Pied Piper", "Engineer, Hooli", "Nucleus"]
    outcomes = [(row["outcome"], row["reason"]) for row in done["rows"]["items"]]
    assert outcomes[3] == ("refused", "It has no date: give it one.")


def test_it_has_the_chosen_tags_badges_and_audience_and_notifies_nobody(
    imports: Imports, alice: Person
) -> None:
    made = imports.bring(alice, archives.archive({"posts/a.html": story()}), "medium")
    imports.take(alice, made, tags=["Writing"], badges=["none-of-mine"], publish="draft")

    found = highlight(imports, alice, made)
    assert (found["tags"], found["badges"], found["visibility"]) == (["chairs", "writing"], [], "draft")
    assert (found["kind"], found["imported"]) == ("article", True)


def test_a_date_that_was_given_is_its_date(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.edit(alice, made, rows=[{"id": "00004", "start": "2015-03"}])
    imports.take(alice, made)

    assert highlight(imports, alice, made, row=3)["start"] == "2015-03"
    again = imports.rows(alice, imports.bring(alice, ARCHIVE))[3]
    assert (again["what"], again["start"]) == ("same", "2015-03")


def test_what_is_not_ticked_is_skipped(imports: Imports, alice: Person) -> None:
    done = imports.take(alice, imports.bring(alice, ARCHIVE), take="none")

    assert report(done) == {"skipped": 3, "refused": 1, "suggested": 1}
    assert titles(alice) == []


def test_a_second_upload_changes_nothing(imports: Imports, alice: Person) -> None:
    imports.take(alice, imports.bring(alice, ARCHIVE))
    before = [*stored("HIGHLIGHT#"), *stored("ARRIVAL#"), *stored("TIMELINE#")]

    second = imports.bring(alice, ARCHIVE)
    assert [row["what"] for row in imports.rows(alice, second)] == ["same"] * 3 + ["undated", "suggested"]
    done = imports.take(alice, second, take="all")

    assert report(done) == {"same": 3, "refused": 1, "suggested": 1}
    assert [*stored("HIGHLIGHT#"), *stored("ARRIVAL#"), *stored("TIMELINE#")] == before


def test_a_job_that_ended_since_gets_its_end(imports: Imports, alice: Person) -> None:
    first = imports.bring(alice, ARCHIVE)
    imports.take(alice, first)
    later = POSITIONS.replace("Jan 2022,", "Jan 2022,May 2026")

    second = imports.bring(alice, archives.zipped(Positions_csv=later))
    assert [row["what"] for row in imports.rows(alice, second)] == ["same", "updated"]
    done = imports.take(alice, second)

    assert report(done) == {"same": 1, "updated": 1}
    found = highlight(imports, alice, first, row=1)
    assert (found["end"], found["ongoing"], found["version"]) == ("2026-05", False, 2)


def test_what_its_member_edited_stays(imports: Imports, alice: Person) -> None:
    first = imports.bring(alice, ARCHIVE)
    imports.take(alice, first)
    found = highlight(imports, alice, first)
    edit(alice, found["id"], text="In my own words.")

    other = POSITIONS.replace("Made the box smaller.", "By LinkedIn's words.")
    done = imports.take(alice, imports.bring(alice, archives.zipped(Positions_csv=other)))

    assert report(done) == {"kept": 1, "same": 1}
    assert highlight(imports, alice, first)["text"] == "In my own words."


def test_a_step_that_was_cut_off_is_made_again_and_counts_once(
    imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.edit(alice, made, state="taking")
    with monkeypatch.context() as patch:
        patch.setattr("imports.store.put_rows", _dies)
        assert told_to_work(made)
    before = stored("ARRIVAL#")

    imports.work(made)

    assert stored("ARRIVAL#") == before
    assert report(dict(imports.get(alice, made).json)) == {"taken": 3, "refused": 1, "suggested": 1}


def test_the_queue_brings_a_step_again_while_the_timeline_is_behind(
    imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_PATIENCE_SECONDS", 0.0)
    made = imports.bring(alice, ARCHIVE)
    imports.edit(alice, made, state="taking")
    imports.behind = True
    assert told_to_work(made)

    imports.behind = False
    imports.let_the_timeline_follow()
    imports.work(made)
    assert imports.get(alice, made).json["state"] == "done"


def test_a_step_of_two_workers_at_once_is_made_once(
    imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = imports.bring(alice, ARCHIVE)
    imports.edit(alice, made, state="taking")
    once = iter([None])

    def meanwhile(_seconds: float) -> None:
        if next(once, "over") is None:
            monkeypatch.setattr("imports.taking.pause", imports.let_the_timeline_follow)
            imports.work(made)

    monkeypatch.setattr("imports.taking.pause", meanwhile)
    assert not told_to_work(made)

    done = imports.get(alice, made).json
    assert (done["state"], report(done)) == ("done", {"taken": 3, "refused": 1, "suggested": 1})


def test_an_event_of_an_import_that_is_gone_or_at_rest_does_nothing(imports: Imports, alice: Person) -> None:
    made = imports.bring(alice, ARCHIVE)
    before = stored("IMPORT#")

    assert not told_to_work(made)
    assert not told_to_work("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert stored("IMPORT#") == before


def test_many_rows_take_many_steps(imports: Imports, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "_AT_ONCE", 7)
    skills = "Title,Started On\n" + "".join(f"Thing {n},{1990 + n}\n" for n in range(30))
    done = imports.take(alice, imports.bring(alice, archives.zipped(Projects_csv=skills)))

    assert report(done) == {"taken": 30}
    assert len(titles(alice)) == 30


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not on this machine")
@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("linkedin_archive/synthetic_yangdb", "linkedin", {"taken": 43, "refused": 2, "suggested": 96}),
        ("medium_export", "medium", {"taken": 3}),
    ],
)
def test_whole_archives_come_and_go(
    imports: Imports, alice: Person, name: str, kind: str, expected: dict[str, int]
) -> None:
    before, content = stored(), archives.folder(REAL / name)
    first = imports.bring(alice, content, kind)
    done = imports.take(alice, first, take="all")

    assert report(done) == expected
    assert sum(report(done).values()) == len(imports.rows(alice, first))
    second = imports.take(alice, imports.bring(alice, content, kind), take="all")
    assert "taken" not in report(second)

    imports.undo(alice, second["id"])
    imports.undo(alice, first)
    assert [item for item in stored() if not item["pk"].startswith("LIMIT#")] == [
        item for item in before if not item["pk"].startswith("LIMIT#")
    ]


def told_to_work(import_id: str) -> list[Any]:
    from imports import work_on_import

    return told(work_on_import.handler, import_id=import_id, version=1)


def _dies(*_: object) -> None:
    raise RuntimeError
