"""What the pages of Medium's export become."""

from pathlib import Path
from typing import Any

import pytest

from core.elsewhere.found import Found
from imports import medium
from imports.found import Refused
from tests.functions.imports import archives
from tests.functions.imports.archives import story

REAL = Path("/work/shared/data/medium_export")


def found(folder: Path, **stories: str) -> list[Found]:
    files: dict[str, Any] = {f"posts/{name}.html": html for name, html in stories.items()}
    (folder / "archive.zip").write_bytes(archives.archive(files | {"profile/profile.html": "me@example.org"}))
    return medium.contents(folder / "archive.zip").rows


def test_a_story_is_an_article_without_trackers_pictures_and_repeated_headings(tmp_path: Path) -> None:
    [row] = found(tmp_path, chairs=story())

    assert row.identity == "medium:abc123def456"
    assert row.fields == {
        "kind": "article",
        "title": "On chairs",
        "start": "2018-08-11",
        "ongoing": False,
        "text": "Sit *down*, and [read](<https://example.org/read>).\n\n- One leg",
        "links": [{"url": "https://medium.com/@ana/on-chairs-abc123def456", "title": ""}],
        "tags": ["chairs"],
    }


def test_a_draft_is_refused(tmp_path: Path) -> None:
    undated = story().replace("<time", "<span").replace("</time>", "</span>")
    rows = found(tmp_path, draft_one=story(), two=undated)

    assert [row.reason for row in rows] == ["It is a draft: it was not published on Medium."] * 2


def test_a_reply_waits_for_its_tick(tmp_path: Path) -> None:
    reply = (
        '<h1 class="p-name">Thank you for this, Ben.</h1>'
        '<section data-field="body" class="e-content"><p>Thank you for this, Ben. I agree.</p></section>'
        '<a href="https://medium.com/p/aaaabbbb1111">'
        '<time class="dt-published" datetime="2018-08-11T11:23:34.123Z"></time></a>'
    )
    [row] = found(tmp_path, reply=reply)

    assert row.fields
    assert not row.ticked
    assert row.reason == "It looks like a reply to somebody else's story."


def test_what_is_no_story_is_refused(tmp_path: Path) -> None:
    [row] = found(tmp_path, other="<p>Hello</p>")

    assert (row.fields, row.reason) == (None, "It is no story of Medium's.")


def test_nothing_else_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archives.archive({"profile/profile.html": "x", "posts/a.html": story()}))

    assert medium.contents(tmp_path / "a.zip").ignored == ["profile/profile.html"]


def test_an_archive_without_stories_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archives.archive({"Positions.csv": "x"}))

    with pytest.raises(Refused, match="no stories"):
        medium.contents(tmp_path / "a.zip")


def test_a_page_nested_without_end_is_read_flat(tmp_path: Path) -> None:
    [row] = found(tmp_path, deep=story().replace("<p>Sit", "<div>" * 50_000 + "<p>Sit"))

    assert row.fields


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not on this machine")
def test_the_stories_of_a_real_export_are_three(tmp_path: Path) -> None:
    """They have one post id and two canonical addresses between them, and are three all the same."""
    (tmp_path / "a.zip").write_bytes(archives.folder(REAL))
    rows = medium.contents(tmp_path / "a.zip").rows

    assert [row.title for row in rows] == ["Advanced Post Title", "No Slug Post", "Quote Post Title"]
    assert len({row.identity for row in rows}) == 3
    assert all(row.fields and row.fields["start"] == "2018-08-11" and row.ticked for row in rows)
