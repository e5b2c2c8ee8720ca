"""What may be uploaded: content types, and what kind of thing each is."""

from typing import Literal

Kind = Literal["image", "video", "audio", "document"]

# The content type that somebody says, and the one that we know it by.
_ALIASES = {
    "image/jpg": "image/jpeg",
    "image/heif": "image/heic",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-flac": "audio/flac",
}
KINDS: dict[str, Kind] = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "image/gif": "image",
    "image/avif": "image",
    "image/heic": "image",
    "video/mp4": "video",
    "video/quicktime": "video",
    "video/webm": "video",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/ogg": "audio",
    "audio/flac": "audio",
    "audio/wav": "audio",
    "application/pdf": "document",
}


def known(content_type: str) -> str | None:
    """Our name of this content type; None: nothing of that sort is taken."""
    plain = content_type.partition(";")[0].strip().lower()
    name = _ALIASES.get(plain, plain)
    return name if name in KINDS else None


def sniffed(head: bytes) -> str | None:
    """What a file is by its first bytes, whatever its name and its sender say."""
    if head[4:8] == b"ftyp":
        return _brand(head[8:12], head)
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else None
    magics = {
        b"\xff\xd8\xff": "image/jpeg",
        b"\x89PNG\r\n\x1a\n": "image/png",
        b"GIF87a": "image/gif",
        b"GIF89a": "image/gif",
        b"%PDF-": "application/pdf",
        b"OggS": "audio/ogg",
        b"fLaC": "audio/flac",
        b"ID3": "audio/mpeg",
    }
    found = next((kind for magic, kind in magics.items() if head.startswith(magic)), None)
    return found or ("audio/mpeg" if _is_mpeg_frame(head) else None)


def agree(said: str, found: str) -> bool:
    """An MP4 file is video or audio by what is in it, and QuickTime is its elder brother."""
    boxes = {"video/mp4", "video/quicktime", "audio/mp4"}
    return said == found or {said, found} <= boxes or {said, found} <= {"image/avif", "image/heic"}


def _brand(brand: bytes, head: bytes) -> str | None:
    """Of an ISO base media file: its own brand, or one of those that it says it is compatible with."""
    brands = [brand] + [head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4]), 64), 4)]
    for each in brands:
        if each in (b"avif", b"avis"):
            return "image/avif"
        if each in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"):
            return "image/heic"
    return {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime"}.get(brand, "video/mp4")


def _is_mpeg_frame(head: bytes) -> bool:
    """Eleven bits that are set, then neither of the reserved versions and layers."""
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0, 0xF0)
