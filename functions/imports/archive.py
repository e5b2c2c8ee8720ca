"""A ZIP that a stranger sends: nothing is unpacked to a disk, and nothing read further than its cap.

What its directory says of sizes and numbers may be a lie: so the directory is measured before it is read, and
bytes are counted as they come.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISDIR, S_ISREG
from typing import Self

from imports.found import Refused

MOST_MEMBERS = 2_000
MOST_BYTES = 200_000_000
MOST_TIMES_LARGER = 100
_RATIO_COUNTS_FROM = 1_000_000  # small files of one word repeated are no bombs
MOST_OF_ONE = 20_000_000
_MOST_DIRECTORY = 4_000_000
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_ODD = re.compile(r"[\x00-\x1f\\]|^[A-Za-z]:|^/|(^|/)\.\.(/|$)")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


class Archive:
    def __init__(self, path: Path) -> None:
        _check_end(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_DAMAGED, ValueError):
            raise Refused("The file is damaged, or no ZIP archive.") from None
        self._left = MOST_BYTES
        self.members = [each for each in self._zip.infolist() if not each.is_dir() and not _is_beside(each)]
        self._check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return [each.filename for each in self.members]

    def chosen(self, is_wanted: Callable[[PurePosixPath], bool]) -> Iterator[tuple[PurePosixPath, bytes]]:
        """The members that are wanted, one after the other; all others stay shut."""
        for member in self.members:
            path = PurePosixPath(member.filename)
            if is_wanted(path):
                yield path, self._read(member)

    def _check(self) -> None:
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise Refused(f"The archive holds more than {MOST_MEMBERS} files.")
        for each in self._zip.infolist():
            _check_member(each)
        if len({each.filename.casefold() for each in self.members}) < len(self.members):
            raise Refused("The archive holds two files of one name.")
        if sum(each.file_size for each in self.members) > MOST_BYTES:
            raise Refused(f"The archive holds more than {MOST_BYTES // 1_000_000} MB.")
        _check_apart(self.members)

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        most = min(self._left, MOST_OF_ONE)
        try:
            with self._zip.open(member) as opened:
                content = opened.read(most + 1)
        except _DAMAGED:
            raise Refused(f"The archive is damaged at {member.filename[:100]}.") from None
        if len(content) > most:
            raise Refused(f"The archive holds too much at {member.filename[:100]}.")
        self._left -= len(content)
        return content


def _check_end(path: Path) -> None:
    """How long the directory is, before anything is made of it: each entry costs memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Refused("The file is damaged, or no ZIP archive.")
    entries, length = struct.unpack_from("<H I", tail, at + 10)
    if entries > MOST_MEMBERS or length > _MOST_DIRECTORY:  # of a ZIP64 archive these are all ones
        raise Refused(f"The archive holds more than {MOST_MEMBERS} files.")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    # zipfile cuts names at a NUL, and turns backslashes round on some systems: what was written counts.
    if _ODD.search(member.orig_filename) or _ODD.search(name) or len(name) > 1_000:
        raise Refused("The archive holds a file whose name leads out of it.")
    kind = S_IFMT(member.external_attr >> 16)
    if kind and not (S_ISREG(kind) or S_ISDIR(kind)):
        raise Refused("The archive holds a link, which leads out of it.")
    if member.flag_bits & 0x1:
        raise Refused("The archive is locked by a password.")
    if PurePosixPath(name).suffix.lower() in (".zip", ".gz", ".7z", ".rar", ".tar"):
        raise Refused("The archive holds another archive.")
    if member.file_size > max(_RATIO_COUNTS_FROM, MOST_TIMES_LARGER * member.compress_size):
        raise Refused(f"The archive would become more than {MOST_TIMES_LARGER} times larger.")


def _is_beside(member: zipfile.ZipInfo) -> bool:
    """What macOS puts beside each file of an archive that it packs anew."""
    path = PurePosixPath(member.filename)
    return "__MACOSX" in path.parts or path.name.startswith("._") or path.name == ".DS_Store"


def _check_apart(members: list[zipfile.ZipInfo]) -> None:
    """Many entries of the directory that share the bytes of one file make much out of little."""
    end = 0
    for each in sorted(members, key=lambda each: each.header_offset):
        if each.header_offset < end:
            raise Refused("The archive is damaged: its files overlap.")
        end = each.header_offset + each.compress_size
