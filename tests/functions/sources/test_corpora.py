"""Feeds in the wild: nothing is lost of them, and none breaks the reader."""

import os
from pathlib import Path

import pytest

from tests.functions.sources import corpora

DATA = Path(os.environ.get("POLYFOLIO_DATA", "/work/shared/data"))

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")


def test_every_feed_has_as_many_entries_as_others_count_and_takes_no_time() -> None:
    counted = corpora.counted(DATA)
    found = {name: corpora.read((DATA / name).read_bytes()) for name in counted}

    counts = {name: said["feed"]["count"] if "feed" in said else 0 for name, (said, _) in found.items()}
    assert {name: each for name, each in counts.items() if each != counted[name]} == {}
    assert all(len(said["feed"]["entries"]) <= 200 for said, _ in found.values() if "feed" in said)
    assert max(seconds for _, seconds in found.values()) < 5


@pytest.mark.parametrize("folder", ["feeds_conformance", "json_feed", "medium"])
def test_no_feed_breaks_the_reader(folder: str) -> None:
    made = corpora.figures(DATA / folder)

    assert made.files
    assert made.slowest < 5


def test_every_json_feed_is_one() -> None:
    assert corpora.figures(DATA / "json_feed").refused == 0


def test_what_is_no_feed_is_refused() -> None:
    assert corpora.figures(DATA / "not_feeds").feeds == 0


def test_pages_name_their_feeds() -> None:
    pages = DATA / "html_discovery"
    named = {name for name, body in corpora.files(pages) if corpora.read(body)[0]["named"]}
    says = {
        name
        for name, body in corpora.files(pages)
        if b"application/rss+xml" in body or b"application/atom+xml" in body
    }

    assert named == says


def test_no_statistics_and_no_tails_of_medium_are_left() -> None:
    for _, body in corpora.files(DATA / "medium"):
        for entry in corpora.read(body)[0]["feed"]["entries"]:
            assert "medium.com/_/stat" not in entry["text"]
            assert "was originally published in" not in entry["text"]
            assert "?source=rss" not in (entry["url"] or "")
