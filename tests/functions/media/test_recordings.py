"""Video and sound as they will be served."""

import io
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.functions.media.looking import TOLD, Look
from tests.functions.media.samples import recording, tells

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
COVER = {"exif", "gps", "xmp", "iptc", "tail"}  # what a cover's own camera told
MORE = {
    "video/mp4": {"xmp"},
    "video/quicktime": {"xmp"},
    "audio/mp4": {"xmp"},
    "audio/mpeg": COVER,
    "audio/flac": COVER,
}


@pytest.fixture
def _table() -> None:
    """None is needed here."""


@pytest.mark.parametrize("said", SORTS)
def test_they_are_copied_without_what_was_said_of_them(look: Look, said: str, tmp_path: Path) -> None:
    name, pictures, sound = SORTS[said]
    original = recording(tmp_path, name, pictures=pictures, sound=sound)
    assert tells(original) >= {"title", "comment"} | MORE.get(said, set())

    made, pieces = look.made(original, said)

    assert made.file
    assert made.milliseconds
    assert 1900 <= made.milliseconds <= 2200
    assert not any(map(TOLD.search, pieces.values())), "nor does its poster tell"
    assert made.file.content_type == said.replace("quicktime", "mp4")
    shown = (made.width, made.height, len(made.renditions))
    assert shown == ((320, 240, 1) if pictures else (None, None, 0))


def test_a_film_of_a_telephone_held_upright_stands_upright(look: Look, tmp_path: Path) -> None:
    """Its poster is turned, and the copy still says that players are to turn it."""
    cornered = Image.new("RGB", (320, 240), "blue")
    cornered.paste("red", (0, 0, 160, 120))
    film = recording(tmp_path, "film.mp4", pictures="libx264", sound="aac", shown=cornered, turned=True)

    made, pieces = look.made(film, "video/mp4")

    assert made.file
    assert (made.width, made.height) == (240, 320)
    with Image.open(io.BytesIO(pieces[made.renditions[0].name])) as poster:
        assert poster.size == (240, 320)
        red, _, blue = poster.convert("RGB").getpixel((180, 80))  # type: ignore[misc]
    assert red > 200 > 60 > blue
    with av.open(io.BytesIO(pieces[made.file.name]), "r") as copy:
        assert next(copy.decode(video=0)).rotation == -90


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
