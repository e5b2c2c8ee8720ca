"""JPEG files without what is not drawn: the segments for applications and comments."""

from media.made import Refused

_COMMENT, _START_OF_SCAN = 0xFE, 0xDA
_JFIF, _ADOBE = 0xE0, 0xEE  # these two say how to draw: the pixels' shape, and the colours' meaning
_ALONE = {0x01, 0xD8, *range(0xD0, 0xD8)}  # markers without a length


def without_metadata(content: bytes) -> bytes:
    """What stands after the end of the picture is dropped too."""
    if content[:2] != b"\xff\xd8":
        raise Refused("A picture is damaged.")
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise Refused("A picture is damaged.")
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xD9:
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _START_OF_SCAN:
            end = _end_of_scan(content, end)
        if _is_kept(marker, content[at + 4 : at + 16]):
            kept.append(content[at:end])
        at = end
    return b"".join(kept) + b"\xff\xd9"


def _is_kept(marker: int, head: bytes) -> bool:
    if marker == _JFIF:
        return head.startswith(b"JFIF\0")
    if marker == _ADOBE:
        return head.startswith(b"Adobe")
    return marker != _COMMENT and not 0xE0 <= marker <= 0xEF


def _end_of_scan(content: bytes, at: int) -> int:
    """A marker ends it; a stuffed zero and the restarts are part of it."""
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)
