"""Pictures: read with suspicion, and drawn anew as WebP in three widths, without all that was not drawn."""

import base64
import io
import struct
from contextlib import suppress
from pathlib import Path

from PIL import Image, ImageCms, ImageFile, ImageOps

from media import png
from media.made import Made, Piece, Refused, piece

WIDTHS = (480, 960, 1920)
_TALLEST = 4096
_MOST_SIDE = 16_384
_MEGAPIXEL = 1_000_000

# The decoders of the newer formats hold a picture several times over; all are to stay within 512 MB.
_MOST_PIXELS = {"image/webp": 24 * _MEGAPIXEL, "image/avif": 24 * _MEGAPIXEL, "image/heic": 24 * _MEGAPIXEL}
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
}
_PLACEHOLDER_WIDTH = 16
_LONGEST_PROFILE = 1_000_000

Image.MAX_IMAGE_PIXELS = None  # we look ourselves, and sooner
ImageFile.LOAD_TRUNCATED_IMAGES = False


def make(path: Path, content_type: str, folder: Path) -> Made:
    if content_type == "image/webp":
        _check_size(*_webp_size(path), content_type)  # Pillow takes the memory when it opens one
    if content_type == "image/heic":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    if content_type == "image/png":
        path = png.drawn_only(path, folder / "drawn.png")
    with Image.open(path, formats=[_FORMATS[content_type]]) as opened:
        _check_size(*opened.size, content_type)
        turned = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        width, height = reversed(opened.size) if turned else opened.size
        opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # of a JPEG no more is decoded than will be shown
        drawn = _drawn(opened)
    return Made(
        width=width, height=height, placeholder=placeholder(drawn), renditions=renditions(drawn, folder)
    )


def renditions(drawn: Image.Image, folder: Path) -> list[Piece]:
    """None is larger than the picture; one that would be as large as the one before is left out."""
    sizes = dict.fromkeys(_fitting(drawn.size, width) for width in WIDTHS)
    return [_webp(drawn, size, folder) for size in sizes]


def placeholder(drawn: Image.Image) -> str:
    """A few hundred bytes to show, blurred, until the picture is there."""
    content = io.BytesIO()
    width, height = drawn.size
    small = (_PLACEHOLDER_WIDTH, max(1, min(64, round(_PLACEHOLDER_WIDTH * height / width))))
    drawn.resize(small, Image.Resampling.BOX).save(content, "WEBP", quality=30, method=6)
    return "data:image/webp;base64," + base64.b64encode(content.getvalue()).decode()


def _check_size(width: int, height: int, content_type: str) -> None:
    most = _MOST_PIXELS.get(content_type, 40 * _MEGAPIXEL)
    if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE):
        raise Refused(f"The picture is {width} by {height} pixels; a side may have {_MOST_SIDE} at most.")
    if width * height > most:
        raise Refused(
            f"The picture has {width * height / _MEGAPIXEL:.0f} megapixels; it may have"
            f" {most // _MEGAPIXEL} at most."
        )


def _webp_size(path: Path) -> tuple[int, int]:
    """Of the canvas (developers.google.com/speed/webp/docs/riff_container)."""
    with path.open("rb") as file:
        head = file.read(30)
    if len(head) < 30:
        raise Refused("The picture is damaged: it ends too early.")
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _drawn(opened: Image.Image) -> Image.Image:
    """The first frame in its right colours and the right way up, as large as it will ever be shown."""
    transparent = opened.has_transparency_data
    mode, wanted = opened.mode, "RGBA" if transparent else "RGB"
    if mode in ("I;16", "I;16B", "I;16L", "I"):
        plain = opened.point(lambda value: value / 256).convert("L") if mode == "I" else opened.convert("L")
    elif mode != wanted and (transparent or mode not in ("L", "CMYK", "YCbCr")):
        plain = opened.convert(wanted)
    else:
        opened.load()
        plain = opened
    small = plain.resize(_fitting_turned(opened), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(_with_exif_of(small, opened))
    final = _in_srgb(upright, opened.info.get("icc_profile"))
    final = final.convert(wanted)
    final.info.clear()
    return final


def _with_exif_of(small: Image.Image, opened: Image.Image) -> Image.Image:
    orientation = opened.getexif().get(0x0112, 1)
    small.getexif()[0x0112] = orientation if orientation in range(1, 9) else 1
    return small


def _fitting_turned(opened: Image.Image) -> tuple[int, int]:
    width, height = opened.size
    if opened.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        tall, wide = _fitting((height, width), WIDTHS[-1])
        return wide, tall
    return _fitting((width, height), WIDTHS[-1])


def _in_srgb(drawn: Image.Image, profile: bytes | None) -> Image.Image:
    """A profile that cannot be understood is passed over: then the numbers are taken for sRGB."""
    if profile and len(profile) <= _LONGEST_PROFILE and drawn.mode in ("RGB", "RGBA", "CMYK", "L"):
        target = "RGBA" if drawn.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                drawn, source, ImageCms.createProfile("sRGB"), outputMode=target
            )
            return converted or drawn
    return drawn


def _fitting(size: tuple[int, int], width: int) -> tuple[int, int]:
    scale = min(1, width / size[0], _TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _webp(drawn: Image.Image, size: tuple[int, int], folder: Path) -> Piece:
    content = io.BytesIO()
    shown = drawn if size == drawn.size else drawn.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    shown.save(content, "WEBP", quality=80, method=4, exif=b"", xmp=b"", icc_profile=b"")
    width, height = size
    return piece(folder, f"-{width}.webp", content.getvalue(), "image/webp", width=width, height=height)
