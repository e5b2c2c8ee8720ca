"""What the files of a LinkedIn archive become."""

from pathlib import Path
from typing import Any

import pytest

from core.elsewhere.found import Found
from imports import linkedin
from imports.found import Contents, Refused
from tests.functions.imports import archives
from tests.functions.imports.archives import POSITIONS, PROJECTS

REAL = Path("/work/shared/data/linkedin_archive")


def contents(folder: Path, content: bytes) -> Contents:
    (folder / "archive.zip").write_bytes(content)
    return linkedin.contents(folder / "archive.zip")


def only(section: str, text: str) -> Found:
    [row] = linkedin.rows(section, text.encode())
    return row


def fields(section: str, text: str) -> dict[str, Any]:
    found = only(section, text).fields
    assert found is not None
    return found


def test_a_position_is_a_job_with_its_company() -> None:
    ended, ongoing = (row.fields for row in linkedin.rows("positions", POSITIONS.encode()))

    assert ended == {
        "kind": "job",
        "title": "Engineer, Hooli",
        "start": "2019-03",
        "end": "2021-12",
        "ongoing": False,
        "text": "Made the box smaller.\n\nLisboa",
        "links": [],
        "tags": [],
    }
    assert ongoing is not None
    assert (ongoing["start"], ongoing["ongoing"], "end" in ongoing) == ("2022-01", True, False)


def test_a_position_that_has_ended_since_is_the_same_with_an_end() -> None:
    before = only("positions", "Company Name,Title,Started On,Finished On\nHooli,Engineer,Mar 2019,Present\n")
    after = only("positions", "Title,Company Name,Started On,Finished On\nENGINEER,Hooli,Mar 2019,May 2020\n")

    assert before.identity == after.identity
    assert before.fields
    assert after.fields
    assert (before.fields["ongoing"], after.fields["ongoing"], after.fields["end"]) == (
        True,
        False,
        "2020-05",
    )


@pytest.mark.parametrize(
    ("section", "text", "kind", "title", "start"),
    [
        (
            "education",
            "School Name,Start Date,End Date,Notes,Degree Name,Activities\nISEL,2001,2005,,BSc,Chess\n",
            "learning",
            "BSc, ISEL",
            "2001",
        ),
        (
            "certifications",
            "Name,Url,Authority,Started On,Finished On,License Number\nSolo,,AWS,Mar 2020,Mar 2023,77\n",
            "learning",
            "Solo, AWS",
            "2020-03",
        ),
        ("projects", "Title,Description,Url,Start Date,End Date\nBox,,,2018,2019\n", "work", "Box", "2018"),
        (
            "publications",
            'Name,Published On,Description,Publisher,Url\nOn,"Apr 3, 2023",,X,\n',
            "article",
            "On",
            "2023-04-03",
        ),
        ("honors", "Title,Description,Issued On\nPrize,,Jun 2012\n", "achievement", "Prize", "2012-06"),
        (
            "honors",
            "Title,Description,Issuer,Issue Date\nPrize,,ACM,Jun 2012\n",
            "achievement",
            "Prize, ACM",
            "2012-06",
        ),
        (
            "organizations",
            "Name,Description,Position,Started On,Finished On\nACM,,Chair,2012,2013\n",
            "work",
            "Chair, ACM",
            "2012",
        ),
        (
            "volunteering",
            "Company Name,Role,Cause,Started On,Finished On,Description\nShelter,Cook,Food,2012,2013,\n",
            "work",
            "Cook, Shelter",
            "2012",
        ),
        ("patents", "Title,Issued On\nBox,2012\n", "achievement", "Box", "2012"),
        ("testscores", "Name,Score,Date\nTOEFL,110,May 2012\n", "achievement", "TOEFL", "2012-05"),
    ],
)
def test_each_section_has_its_kind(section: str, text: str, kind: str, title: str, start: str) -> None:
    found = fields(section, text)

    assert (found["kind"], found["title"], found["start"]) == (kind, title, start)


def test_a_certificate_that_ends_is_no_range() -> None:
    found = fields("certifications", "Name,Started On,Finished On\nSolo,Mar 2020,Mar 2023\n")

    assert "end" not in found
    assert found["text"] == "Valid until Mar 2023"


def test_a_project_on_github_is_code() -> None:
    assert fields("projects", "Title,Url,Started On\nBox,https://github.com/x/y,2018\n")["kind"] == "code"


def test_what_only_ended_stands_where_it_ended() -> None:
    found = fields("education", "School Name,Start Date,End Date\nISEL,,2005\n")

    assert (found["start"], "end" in found) == ("2005", False)


def test_an_end_before_the_start_is_left_out() -> None:
    assert "end" not in fields("projects", "Title,Started On,Finished On\nBox,2019,2018\n")


def test_what_has_no_date_asks_for_one() -> None:
    row = only("courses", "Name,Number\nAlgebra,MA1\n")

    assert (row.reason, row.ticked, row.is_dated()) == ("It has no date: give it one.", False, False)


def test_a_date_that_cannot_be_read_is_said() -> None:
    row = only("projects", "Title,Started On\nBox,Summer 2019\n")

    assert row.reason == "Its date “Summer 2019” cannot be read: give it one."


def test_what_has_no_name_is_refused() -> None:
    row = only("positions", "Company Name,Title,Description\n,,Alone\n")

    assert (row.fields, row.reason) == (None, "It has neither a title nor a company.")


def test_of_the_profile_headline_and_summary_alone_are_shown() -> None:
    text = "First Name,Address,Birth Date,Headline,Summary\nAda,Secret Street,1 Jan,Engineer,I count.\n"
    headline, bio = linkedin.rows("profile", text.encode())

    assert (headline.suggested, headline.text) == ("headline", "Engineer")
    assert (bio.suggested, bio.text) == ("bio", "I count.")
    assert "Secret" not in str([headline, bio])


def test_skills_and_languages_are_suggested() -> None:
    assert only("skills", "Name\nRust\n").suggested == "skill"
    assert only("languages", "Name,Proficiency\nDeutsch,Native\n").text == "Deutsch (Native)"


def test_a_row_that_stands_there_twice_is_refused_once(tmp_path: Path) -> None:
    row = POSITIONS.splitlines()[1]
    twice = contents(tmp_path, archives.zipped(Positions_csv=POSITIONS + f"{row}\n"))

    assert [each.reason for each in twice.rows] == ["", "", "It stands in the archive twice."]


def test_two_rows_that_only_look_the_same_are_two(tmp_path: Path) -> None:
    two = "Title,Description,Started On\nBox,First.,2018\nBox,Second.,2018\n"
    found = contents(tmp_path, archives.zipped(Projects_csv=two)).rows

    assert len({row.identity for row in found}) == 2


def test_files_are_known_in_folders_by_any_case_and_with_a_number(tmp_path: Path) -> None:
    files = {"Complete/positions_123.CSV": POSITIONS, "Complete/Projects.csv": PROJECTS}
    found = contents(tmp_path, archives.archive(dict(files)))

    assert [row.section for row in found.rows] == ["Positions", "Positions", "Projects", "Projects"]


def test_what_is_private_or_others_is_never_read(tmp_path: Path) -> None:
    files = {"Positions.csv": POSITIONS, "messages.csv": "x", "Connections.csv": "x", "PhoneNumbers.csv": "x"}
    found = contents(tmp_path, archives.archive(dict(files)))

    assert found.ignored == ["messages.csv", "Connections.csv", "PhoneNumbers.csv"]


def test_one_bad_file_keeps_none_of_the_others_away(tmp_path: Path) -> None:
    found = contents(tmp_path, archives.zipped(Positions_csv=POSITIONS, Honors_csv="What,Else\n1,2\n"))

    assert [row.reason for row in found.rows if row.section == "Honors"] == [
        "It has none of the columns that such a file has."
    ]
    assert len(found.rows) == 3


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="None of its files"):
        contents(tmp_path, archives.archive({"holiday.jpg": "x"}))


def test_an_article_has_its_text_its_address_and_the_day_it_was_published(tmp_path: Path) -> None:
    html = """<html><head><title>On chairs</title></head><body>
      <h1><a href="https://www.linkedin.com/pulse/on-chairs-ada">On chairs</a></h1>
      <p class="created">Created on 2018-05-01 10:00</p><p class="published">Published on 2018-05-03 12:00</p>
      <div><p>Sit <b>down</b>.</p><script>alert(1)</script></div></body></html>"""
    [row] = contents(tmp_path, archives.archive({"Articles/Articles/on-chairs.html": html})).rows

    assert row.fields == {
        "kind": "article",
        "title": "On chairs",
        "start": "2018-05-03",
        "ongoing": False,
        "text": "Sit **down**.",
        "links": [{"url": "https://www.linkedin.com/pulse/on-chairs-ada", "title": ""}],
    }


def test_a_draft_of_an_article_is_refused(tmp_path: Path) -> None:
    title = '<h1><a href="https://www.linkedin.com/post/edit/7">On chairs</a></h1>'
    html = title + '<p class="published">Not published yet</p>'
    [row] = contents(tmp_path, archives.archive({"Articles/a.html": html})).rows

    assert (row.fields, row.reason) == (None, "It is a draft: it was not published on LinkedIn.")


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not on this machine")
def test_every_row_of_whole_archives_is_accounted_for(tmp_path: Path) -> None:
    one = linkedin.contents(REAL / "synthetic_silkyrich_export.zip")
    two = contents(tmp_path, archives.folder(REAL / "synthetic_yangdb"))

    assert (len(one.rows), len(two.rows)) == (265, 141)
    for row in [*one.rows, *two.rows]:
        assert row.is_dated() or row.reason, row
    by_section = {name: sum(row.section == name for row in one.rows) for name in ("Positions", "Projects")}
    assert by_section == {"Positions": 11, "Projects": 16}
    assert "messages.csv" in one.ignored
    assert "Connections.csv" in one.ignored
