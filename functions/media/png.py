"""PNG files without what is not drawn: texts and profiles that unpack to gigabytes, and further frames."""

import zlib
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

_DRAWN_BY = {b"tRNS", b"iCCP", b"eXIf"}  # beside those that no reader may pass over
_LONGEST_PROFILE = 1_000_000


def drawn_only(path: Path, to: Path) -> Path:
    """Whether what is left is sound, its reader judges."""
    with (
        path.open("rb") as file,
        to.open("wb") as kept,
        mmap(file.fileno(), 0, access=ACCESS_READ) as content,
    ):
        kept.writelines(_drawn(content))
    return to


def _drawn(content: mmap) -> Iterator[bytes]:
    """Of what says how to draw the first counts."""
    seen, at = set[bytes](), 8
    yield content[:at]
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        is_wanted = _is_critical(name) or name in _DRAWN_BY - seen
        if is_wanted and (name != b"iCCP" or _is_short(content[at + 8 : end - 4])):
            yield content[at:end]
        if name == b"IEND":
            return
        seen.add(name)
        at = end


def _is_critical(name: bytes) -> bool:
    return not name[0] & 0x20


def _is_short(profile: bytes) -> bool:
    """Unpacked no further than that is known."""
    packed = profile.partition(b"\0")[2][1:]
    try:
        return len(zlib.decompressobj().decompress(packed, _LONGEST_PROFILE + 1)) <= _LONGEST_PROFILE
    except zlib.error:
        return False
