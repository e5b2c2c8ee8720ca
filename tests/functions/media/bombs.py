"""Small files that become large, or take long, in the hands of whoever opens them."""

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image

from tests.functions.media.samples import chunk, pdf, picture, png, recording


class Bomb(NamedTuple):
    """`why`: what of the reason for its refusal; "" where it is drawn: by its first frame, or a page."""

    said: str
    make: Callable[[], bytes]
    why: str
    is_seen_by_its_header: bool = False


def zeros(size: int) -> bytes:
    """So many, packed: one block again and again, as packing gigabytes would take a minute."""
    packer = zlib.compressobj(9)
    block = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(bytes(size % _BLOCK)) + packer.flush()
    sum_of_zeros = (size % 65_521) << 16 | 1
    return block + block[2:] * (size // _BLOCK - 1) + end[:-4] + sum_of_zeros.to_bytes(4)


_BLOCK = 1 << 20


def _png_of_zeros(width: int, height: int, depth: int, colour: int) -> bytes:
    channels = {0: 1, 2: 3, 6: 4}[colour]
    return png(width, height, depth, colour, rows=zeros(height * (1 + (width * channels * depth + 7) // 8)))


def _gif(frames: int) -> bytes:
    """Frames of one pixel on a large canvas: 10,000 whole ones have more bytes than a picture may."""
    head = b"GIF89a" + (2000).to_bytes(2, "little") * 2 + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\4\0\1\0\0\0" + b"\x2c\0\0\0\0\1\0\1\0\0" + b"\2\2\x44\1\0"
    return head + frame * frames + b";"


def _apng(frames: int) -> bytes:
    """Each of 2,000 by 2,000, in black and white."""
    side, pixels = (2000).to_bytes(4), zlib.compress(bytes(2000 * 251), 9)
    parts = [chunk(b"acTL", frames.to_bytes(4) + bytes(4)), _frame(0, side), chunk(b"IDAT", pixels)]
    for number in range(1, 2 * frames - 1, 2):
        parts += [_frame(number, side), chunk(b"fdAT", (number + 1).to_bytes(4) + pixels)]
    header = chunk(b"IHDR", side + side + bytes([1, 0, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(parts) + chunk(b"IEND", b"")


def _frame(number: int, side: bytes) -> bytes:
    return chunk(b"fcTL", number.to_bytes(4) + side + side + bytes(8) + b"\0\1\0\1\0\0")


def _webp(frames: int) -> bytes:
    """Each of 2,000 by 2,000, in one colour, which takes few bytes."""
    content = io.BytesIO()
    Image.new("RGB", (2000, 2000), "teal").save(content, "WEBP", lossless=True)
    side = (1999).to_bytes(3, "little") * 2
    frame = _riff(b"ANMF", bytes(6) + side + b"\1\0\0\0" + content.getvalue()[12:])
    whole = _riff(b"VP8X", b"\2\0\0\0" + side) + _riff(b"ANIM", bytes(6)) + frame * frames
    return _riff(b"RIFF", b"WEBP" + whole)


def _riff(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _wide_canvas() -> bytes:
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + b"\xfe\x3f\0" * 2 + b"\0" * 8


def _lying_jpeg() -> bytes:
    start = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
    return start + b"\0" * 999


def _lying_heic() -> bytes:
    return _resized(picture("HEIF"), b"ispe")


def _resized(content: bytes, box: bytes) -> bytes:
    """Its boxes of sizes say 30,000 by 30,000."""
    was, now = ((each).to_bytes(4) + other.to_bytes(4) for each, other in ((640, 400), (30_000, 30_000)))
    assert box + bytes(4) + was in content
    return content.replace(box + bytes(4) + was, box + bytes(4) + now)


def _drawing() -> bytes:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "lol">{entities}]><svg>&j;</svg>'.encode()


def _document(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    return pdf(pages=1, inner=change)


def _packed_page(document: pikepdf.Pdf) -> None:
    """Two gigabytes of what draws nothing."""
    document.pages[0].Contents = _packed(document, zeros(2 << 30))


def _page_packed_twice(document: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(document, zlib.compress(zeros(1 << 30), 1))
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
    document.pages[0].Contents = stream


def _large_picture(document: pikepdf.Pdf) -> None:
    drawn = _packed(document, zeros(30_000 * 30_000 * 3))
    drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    drawn.Width = drawn.Height = 30_000
    drawn.BitsPerComponent, drawn.ColorSpace = 8, pikepdf.Name.DeviceRGB
    document.pages[0].Resources.XObject.Im0 = drawn


def _page_within_pages(document: pikepdf.Pdf) -> None:
    """Ten forms, of which each draws the next ten times."""
    inner = None
    for _ in range(10):
        form = pikepdf.Stream(document, b"0 0 9 9 re f " if inner is None else b"/X Do " * 10)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 420, 595])
        if inner is not None:
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = document.make_indirect(form)
    document.pages[0].Resources.XObject.Im0 = inner


def _endless_page(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = pikepdf.Array([0, 0, 2_000_000, 2_000_000])


def _many_parts(document: pikepdf.Pdf) -> None:
    document.pages[0].Resources.Many = pikepdf.Array(
        document.make_indirect(pikepdf.Dictionary()) for _ in range(200_001)
    )


def _packed(document: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    stream = pikepdf.Stream(document, content)
    stream.Filter = pikepdf.Name.FlateDecode
    return stream


def _many_pages() -> bytes:
    return pdf(pages=1001)


def _lying_film(folder: Path) -> bytes:
    """VP8 whose key frames say 16,383 by 16,383, in a file that says 320 by 240."""
    film = recording(folder, "film.webm", pictures="libvpx", sound=None)
    was, now = (b"\x9d\x01\x2a" + w.to_bytes(2, "little") + h.to_bytes(2, "little") for w, h in _SIDES)
    assert was in film
    return film.replace(was, now)


_SIDES = ((320, 240), (16_383, 16_383))


def bombs(folder: Path) -> Iterator[tuple[str, Bomb]]:
    """`folder`: where they may be made."""
    yield from BOMBS.items()
    yield (
        "a film whose pictures are 268 megapixels",
        Bomb("video/webm", lambda: _lying_film(folder), "damaged"),
    )


_SIDE, _TEXT = "a side may have 16384 at most", [chunk(b"zTXt", b"a\0\0" + zeros(64 << 20))]
BOMBS = {
    "PNG, 177 megapixels, black and white": Bomb(
        "image/png", lambda: _png_of_zeros(13_300, 13_300, 1, 0), "177 megapixels", True
    ),
    "PNG, 177 megapixels, colour": Bomb(
        "image/png", lambda: _png_of_zeros(13_300, 13_300, 8, 6), "177 megapixels", True
    ),
    "PNG, 88 megapixels, colour": Bomb(
        "image/png", lambda: _png_of_zeros(9_400, 9_400, 8, 6), "88 megapixels", True
    ),
    "PNG, 1 by 60,000,000 pixels": Bomb("image/png", lambda: _png_of_zeros(1, 60_000_000, 8, 0), _SIDE, True),
    "PNG, 30,000 by 30,000 pixels": Bomb(
        "image/png", lambda: _png_of_zeros(30_000, 30_000, 1, 0), _SIDE, True
    ),
    "JPEG of 1 KB that says 65,535 by 65,535": Bomb("image/jpeg", _lying_jpeg, _SIDE, True),
    "WebP that says 16,383 by 16,383": Bomb("image/webp", _wide_canvas, "268 megapixels", True),
    "HEIC that says 30,000 by 30,000": Bomb("image/heic", _lying_heic, _SIDE, True),
    "GIF, 10,000 frames on 2,000 by 2,000": Bomb("image/gif", lambda: _gif(10_000), ""),
    "APNG, 10,000 frames of 2,000 by 2,000": Bomb("image/png", lambda: _apng(10_000), ""),
    "WebP, 10,000 frames of 2,000 by 2,000": Bomb("image/webp", lambda: _webp(10_000), ""),
    "PNG, 64 MB of packed text": Bomb("image/png", lambda: png(9, 9, 8, 2, *_TEXT), ""),
    "PNG, 100 times 64 MB of packed text": Bomb("image/png", lambda: png(9, 9, 8, 2, *_TEXT * 100), ""),
    "PNG, 64 MB of packed colour profile": Bomb(
        "image/png", lambda: png(9, 9, 8, 2, chunk(b"iCCP", b"a\0\0" + zeros(64 << 20))), ""
    ),
    "SVG, entities ten deep": Bomb("image/png", _drawing, "nor anything else that can be shown here", True),
    "PDF, a page of 2 GB": Bomb("application/pdf", lambda: _document(_packed_page), "more memory"),
    "PDF, a page of 1 GB, packed twice": Bomb(
        "application/pdf", lambda: _document(_page_packed_twice), "more memory"
    ),
    "PDF, a picture of 900 megapixels": Bomb("application/pdf", lambda: _document(_large_picture), ""),
    "PDF, forms within forms, ten to the ten": Bomb(
        "application/pdf", lambda: _document(_page_within_pages), "more memory"
    ),
    "PDF, a page of 700 metres": Bomb("application/pdf", lambda: _document(_endless_page), "no size"),
    "PDF, 200,000 parts": Bomb("application/pdf", lambda: _document(_many_parts), "too many parts"),
    "PDF, 1,001 pages": Bomb("application/pdf", _many_pages, "1001 pages"),
}
