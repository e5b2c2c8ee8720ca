"""What a JSON Resume becomes."""

import json
from pathlib import Path
from typing import Any

import pytest

from imports import json_resume
from imports.found import Contents, Refused


def contents(folder: Path, resume: Any) -> Contents:
    (folder / "resume.json").write_text(resume if isinstance(resume, str) else json.dumps(resume))
    return json_resume.contents(folder / "resume.json")


def test_work_is_a_job_with_what_was_attained(tmp_path: Path) -> None:
    work = {
        "name": "Hooli",
        "position": "Engineer",
        "url": "https://hooli.example",
        "location": "Lisboa",
        "startDate": "2019-03-01",
        "endDate": "2021",
        "summary": "The box.",
        "highlights": ["Smaller", "Cheaper"],
    }
    [row] = contents(tmp_path, {"work": [work]}).rows

    assert row.fields == {
        "kind": "job",
        "title": "Engineer, Hooli",
        "start": "2019-03-01",
        "end": "2021",
        "ongoing": False,
        "text": "The box.\n\n- Smaller\n- Cheaper\n\nLisboa",
        "links": [{"url": "https://hooli.example/", "title": ""}],
        "tags": [],
    }


@pytest.mark.parametrize(
    ("section", "item", "kind", "title"),
    [
        (
            "volunteer",
            {"organization": "Shelter", "position": "Cook", "startDate": "2012"},
            "work",
            "Cook, Shelter",
        ),
        (
            "education",
            {"institution": "ISEL", "studyType": "BSc", "area": "CS", "endDate": "2005"},
            "learning",
            "BSc, CS, ISEL",
        ),
        ("awards", {"title": "Prize", "awarder": "ACM", "date": "2012-06"}, "achievement", "Prize, ACM"),
        ("certificates", {"name": "Solo", "issuer": "AWS", "date": "2012"}, "learning", "Solo, AWS"),
        ("publications", {"name": "On", "releaseDate": "2012"}, "article", "On"),
        ("projects", {"name": "Box", "startDate": "2012"}, "work", "Box"),
        ("projects", {"name": "Talk", "startDate": "2012", "type": "talk"}, "presentation", "Talk"),
    ],
)
def test_each_section_has_its_kind(
    tmp_path: Path, section: str, item: dict[str, str], kind: str, title: str
) -> None:
    [row] = contents(tmp_path, {section: [item]}).rows

    assert row.fields
    assert row.ticked
    assert (row.fields["kind"], row.fields["title"]) == (kind, title)


def test_the_names_of_its_former_versions_are_known(tmp_path: Path) -> None:
    old = {"company": "Hooli", "position": "Engineer", "website": "hooli.example", "startDate": "2012"}
    [row] = contents(tmp_path, {"work": [old]}).rows

    assert row.fields
    assert row.fields["title"] == "Engineer, Hooli"
    assert row.fields["ongoing"] is True


def test_what_is_of_the_profile_is_suggested(tmp_path: Path) -> None:
    basics = {"label": "Engineer", "summary": "I count.", "email": "ada@example.org", "phone": "1"}
    languages = ["English", {"language": "Deutsch"}]
    found = contents(tmp_path, {"basics": basics, "skills": [{"name": "Rust"}], "languages": languages}).rows

    assert [(row.suggested, row.text) for row in found] == [
        ("headline", "Engineer"),
        ("bio", "I count."),
        ("skill", "Rust"),
        ("language", "English"),
        ("language", "Deutsch"),
    ]
    assert "example.org" not in str(found)


def test_every_item_is_accounted_for_whatever_it_is(tmp_path: Path) -> None:
    work = [None, 3, {}, {"position": ["x"]}, {"name": "Hooli", "startDate": "soon"}]
    reasons = [row.reason for row in contents(tmp_path, {"work": work}).rows]

    assert reasons == ["It has no name."] * 4 + ["It has no date: give it one."]


def test_sections_that_are_not_read_are_named(tmp_path: Path) -> None:
    found = contents(tmp_path, {"work": [], "references": [{"name": "Ben"}], "x-mine": 1})

    assert found.ignored == ["references", "x-mine"]


@pytest.mark.parametrize("resume", ["", "[]", "{}", '{"a": 1}', "[" * 100_000, '{"work": NaN}', "\x00"])
def test_what_is_no_json_resume_is_refused(tmp_path: Path, resume: str) -> None:
    with pytest.raises(Refused):
        contents(tmp_path, resume)


def test_a_file_of_great_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="2 MB"):
        contents(tmp_path, {"work": "x" * 2_100_000})
