"""Video and sound as they will be served."""

from pathlib import Path

import pytest

from tests.functions.media.looking import TOLD, Look
from tests.functions.media.samples import SECRET, recording

SORTS = {
    "video/mp4": ("film.mp4", "libx264", "aac"),
    "video/quicktime": ("film.mov", "libx264", "aac"),
    "video/webm": ("film.webm", "libvpx", "libopus"),
    "audio/mpeg": ("tone.mp3", None, "libmp3lame"),
    "audio/mp4": ("tone.m4a", None, "aac"),
    "audio/ogg": ("tone.ogg", None, "libopus"),
    "audio/flac": ("tone.flac", None, "flac"),
    "audio/wav": ("tone.wav", None, "pcm_s16le"),
}


@pytest.fixture
def _table() -> None:
    """None is needed here."""


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return Look(tmp_path)


@pytest.mark.parametrize("said", SORTS)
def test_they_are_copied_without_what_was_said_of_them(look: Look, said: str, tmp_path: Path) -> None:
    name, pictures, sound = SORTS[said]
    original = recording(tmp_path, name, pictures=pictures, sound=sound)
    assert SECRET.encode() in original

    made, pieces = look.made(original, said)

    assert made.file
    assert made.milliseconds
    assert 1900 <= made.milliseconds <= 2200
    assert not TOLD.search(pieces[made.file.name])
    assert made.file.content_type == said.replace("quicktime", "mp4")
    shown = (made.width, made.height, len(made.renditions))
    assert shown == ((320, 240, 1) if pictures else (None, None, 0))


def test_the_same_file_makes_the_same_copy(look: Look, tmp_path: Path) -> None:
    original = recording(tmp_path, "film.mp4", pictures="libx264", sound="aac")

    assert look.made(original, "video/mp4") == look.made(original, "video/mp4")


def test_what_browsers_do_not_play_is_refused(look: Look, tmp_path: Path) -> None:
    old = recording(tmp_path, "old.mp4", pictures="mpeg4", sound=None)

    assert look.refused(old, "video/mp4") == "The recording is in a format that browsers do not play."


@pytest.mark.parametrize("said", ["video/mp4", "video/webm", "audio/mpeg", "audio/ogg"])
def test_one_that_is_damaged_ends_nothing_but_its_child(look: Look, said: str, tmp_path: Path) -> None:
    name, pictures, sound = SORTS[said]
    original = recording(tmp_path, name, pictures=pictures, sound=sound)

    for end in (40, 200, 1000, len(original) // 2):
        look(original[:end], said)  # refused, or the copy of what is there
