"""ZIPs that strangers send: RECIPES.md of the attacks, line by line."""

import io
import struct
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from imports import archive
from imports.archive import Archive
from imports.found import Refused
from tests.functions.imports import archives


def opened(content: bytes, folder: Path) -> dict[str, bytes]:
    path = folder / "archive.zip"
    path.write_bytes(content)
    with Archive(path) as made:
        return {str(name): found for name, found in made.chosen(lambda _: True)}


def refusal(content: bytes, folder: Path) -> str:
    with pytest.raises(Refused) as caught:
        opened(content, folder)
    return str(caught.value)


def member(name: str, *, mode: int = 0, flags: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        new.writestr(info, "x")
    content = bytearray(made.getvalue())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= flags
    return bytes(content)


def test_what_it_holds_is_read(tmp_path: Path) -> None:
    assert opened(archives.archive({"a/b.csv": "hello"}), tmp_path) == {"a/b.csv": b"hello"}


def test_what_macos_adds_is_passed_over(tmp_path: Path) -> None:
    made = archives.archive({"a/b.csv": "hello", "__MACOSX/a/._b.csv": "\0", "a/.DS_Store": "\0"})

    assert opened(made, tmp_path) == {"a/b.csv": b"hello"}


def test_only_what_is_asked_for_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    damaged = archives.archive({"a.csv": "hello", "messages.csv": "secret" * 100})
    path.write_bytes(damaged.replace(b"secret"[:2], b"??", 0))

    with Archive(path) as made:
        assert [name for name, _ in made.chosen(lambda name: name == PurePosixPath("a.csv"))] == [
            PurePosixPath("a.csv")
        ]


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "/abs.csv", "C:\\x.csv", "C:x.csv", "a\\..\\x.csv", "a\nb.csv"]
)
def test_a_name_that_leads_out_of_it_is_refused(name: str, tmp_path: Path) -> None:
    assert "leads out of it" in refusal(member(name), tmp_path)


def test_a_name_of_great_length_is_refused(tmp_path: Path) -> None:
    assert "leads out of it" in refusal(member("a" * 65_000), tmp_path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    assert "a link" in refusal(member("a.csv", mode=0o120777), tmp_path)


def test_what_is_locked_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal(member("a.csv", flags=1), tmp_path)


def test_an_archive_within_it_is_refused(tmp_path: Path) -> None:
    assert "another archive" in refusal(archives.archive({"more.ZIP": b"PK"}), tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("a.csv", "1")
        new.writestr("A.csv", "2")

    assert "two files of one name" in refusal(made.getvalue(), tmp_path)


def test_what_would_become_a_hundred_times_larger_is_refused(tmp_path: Path) -> None:
    assert "100 times larger" in refusal(archives.archive({"a.csv": bytes(8_000_000)}), tmp_path)


def test_a_small_file_of_one_word_is_no_bomb(tmp_path: Path) -> None:
    assert opened(archives.archive({"a.csv": b"a" * 100_000}), tmp_path)


def test_more_than_all_may_have_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000)

    assert "more than" in refusal(archives.archive({"a.csv": "a" * 600, "b.csv": "b" * 600}), tmp_path)


def test_more_than_one_file_may_have_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_OF_ONE", 500)

    assert "too much at a.csv" in refusal(archives.archive({"a.csv": "a" * 501}), tmp_path)


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    content = bytearray(archives.archive({"a.csv": bytes(3_000_000)}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)

    assert refusal(bytes(content), tmp_path)


def test_too_many_files_are_refused_by_what_the_end_says_or_by_what_is_there(tmp_path: Path) -> None:
    content = archives.archive({f"{number}.csv": "" for number in range(2_001)})
    at = content.rfind(b"PK\x05\x06")
    lying = bytearray(content)
    lying[at + 8 : at + 12] = struct.pack("<HH", 1, 1)

    assert "more than 2000 files" in refusal(content, tmp_path)
    assert "more than 2000 files" in refusal(bytes(lying), tmp_path)


def test_a_million_entries_are_refused_before_they_are_read(tmp_path: Path) -> None:
    entry = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + b"a") * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 0, 0)

    assert "more than 2000 files" in refusal(directory + end, tmp_path)


def test_a_zip64_archive_with_its_own_numbers_is_refused(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)

    assert "more than 2000 files" in refusal(b"x" * 100 + end, tmp_path)


def test_entries_that_share_one_file_are_refused(tmp_path: Path) -> None:
    """The class of 42.zip: much out of little."""
    content = bytearray(archives.archive({"a.csv": "a" * 50_000, "b.csv": "b" * 50_000}))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<I", 1)

    assert "overlap" in refusal(bytes(content), tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no archive" * 100, b"\x1f\x8b" + bytes(100)])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "no ZIP archive" in refusal(content, tmp_path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    content = archives.archive({"a.csv": "hello " * 1_000})
    at = content.index(b"a.csv") + len("a.csv")

    assert "damaged" in refusal(content[:at] + b"\xff" * 12 + content[at + 12 :], tmp_path)
