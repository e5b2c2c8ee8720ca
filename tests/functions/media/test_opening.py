"""What is not what it says, and what was made to do harm."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

import pytest

from core import confined
from media.kinds import KINDS, agree, sniffed
from tests.attacks import corpus
from tests.functions.media.bombs import BOMBS, bombs
from tests.functions.media.looking import MOST_MEGABYTES, Look
from tests.functions.media.samples import noise, pdf, picture

SORTS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
}


@pytest.fixture
def _table() -> None:
    """None is needed here."""


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0" * 100, b""],
    ids=["html", "svg", "zeros", "nothing"],
)
def test_what_is_nothing_that_we_show_is_refused_whatever_is_said(
    look: Look, content: bytes, said: str
) -> None:
    refused = look.refused(content, said)

    assert refused == f"The file is no {said}, nor anything else that can be shown here."


def test_a_document_that_is_said_to_be_a_picture_is_refused(look: Look) -> None:
    refused = look.refused(pdf(), "image/png")

    assert refused == "The file was said to be image/png, but it is application/pdf."


@pytest.mark.parametrize(
    ("said", "tail"),
    [
        ("image/gif", b"/*<script>alert(1)</script>*/"),
        ("image/png", b"<html>alert</html>"),
        ("image/jpeg", b"PK\3\4 and the rest of an archive"),
    ],
)
def test_what_is_two_things_at_once_is_only_the_picture_afterwards(
    look: Look, said: str, tail: bytes
) -> None:
    _, pieces = look.made(picture(SORTS[said]) + tail, said)

    assert not [each for each in pieces.values() if tail in each]


def test_no_drawing_of_the_corpus_gets_in(look: Look) -> None:
    files = [each for each in corpus("svg").rglob("*.svg*") if each.is_file()]

    assert len(files) > 5
    assert all(look.refused(each.read_bytes(), "image/png") for each in files)


def test_no_picture_of_the_corpus_does_harm(look: Look) -> None:
    files = [each for each in corpus("images").rglob("*") if each.is_file()]

    for each in files:
        content = each.read_bytes()
        looked = look(content, sniffed(content[:4096]) or "image/png")
        assert looked.refused or all(made.startswith(b"RIFF") for made in looked.pieces.values()), each
    assert len(files) > 90


def test_no_bomb_takes_much_time_or_memory(look: Look, tmp_path: Path) -> None:
    """That none takes more than 512 MB and 10 seconds, `Look` sees to; and the child's bounds."""
    for name, bomb in bombs(tmp_path):
        looked = look(bomb.make(), bomb.said)

        assert bomb.why in (looked.refused or ""), name
        assert looked.made or bomb.why, (name, looked.refused)
        assert not bomb.is_seen_by_its_header or looked.megabytes < 60, (
            f"{name}: more than its header was read"
        )


def test_no_library_gets_more_than_there_is(tmp_path: Path) -> None:
    """Also one that is killed for it: what it had is asked of the system, in a process of its own."""
    document = tmp_path / "bomb.pdf"
    document.write_bytes(BOMBS["PDF, a page of 2 GB"].make())

    told = subprocess.run(
        [sys.executable, "-c", METER],
        input=json.dumps({"path": str(document), "content_type": "application/pdf", "folder": str(tmp_path)}),
        env=confined.environment(str(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    status, megabytes = told.split()
    assert int(status) == -signal.SIGABRT
    assert 400 < int(megabytes) <= MOST_MEGABYTES


METER = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "media.child"])
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_a_child_that_dies_ends_nothing_but_itself(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert look.refused(picture("PNG"), "image/png") == "The file is damaged, or not what it says it is."


def test_the_child_knows_nothing_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "TABLE_NAME", "MEDIA_BUCKET"):
        monkeypatch.setenv(name, "secret")

    assert "secret" not in confined.environment(str(tmp_path)).values()


@pytest.mark.parametrize("said", ["image/jpeg", "image/png", "image/webp", "image/gif"])
def test_cut_off_at_every_byte_or_with_any_bit_turned_it_is_drawn_or_refused(
    said: str, tmp_path: Path
) -> None:
    whole = io.BytesIO()
    noise(24, 16).save(whole, SORTS[said])

    assert outcomes(broken(whole.getvalue()), said, tmp_path) <= {"made", "refused"}


def broken(whole: bytes) -> Iterator[bytes]:
    yield from (whole[:end] for end in range(len(whole)))
    for bit in range(min(len(whole), 512) * 8):
        turned = bytearray(whole)
        turned[bit // 8] ^= 1 << bit % 8
        yield bytes(turned)


# A process for each file would take an hour. What dies or raises in one of these ends the test.
MANY = """
import sys
from pathlib import Path
from media import child
child.confine(seconds=300)
for each in sorted(Path(sys.argv[1]).glob("*.in")):
    print(*child.answer(str(each), sys.argv[2], sys.argv[1]))
"""


def outcomes(files: Iterator[bytes], said: str, folder: Path) -> set[str]:
    found: set[str] = set()
    for number, some in enumerate(batched(files, 2500, strict=False)):
        batch = folder / str(number)
        batch.mkdir()
        for place, each in enumerate(some):
            (batch / f"{place}.in").write_bytes(each)
        done = subprocess.run(
            [sys.executable, "-c", MANY, str(batch), said],
            env=confined.environment(str(batch)),
            capture_output=True,
            text=True,
            check=True,
        )
        assert len(done.stdout.splitlines()) == len(some)
        found |= set(done.stdout.split())
    return found


@pytest.mark.parametrize("said", SORTS)
def test_a_picture_is_known_by_its_first_bytes(said: str) -> None:
    assert sniffed(picture(SORTS[said])[:64]) == said


def test_the_elder_name_of_a_format_is_the_same_format() -> None:
    assert agree("video/mp4", "video/quicktime")
    assert not agree("image/png", "image/jpeg")
    assert not agree("image/png", "video/mp4")
