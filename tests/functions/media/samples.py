"""Files as members have them, made anew for each run: with all that their owners would not want told."""

import io
import os
import re
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pikepdf
import pillow_heif
import pypdfium2
from PIL import Image, ImageCms, PngImagePlugin

SECRET = "the-secret-garden"
PLACE = "+38.7223-009.1393/"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description dc:creator="{SECRET}:xmp"/></x:xmpmeta>'.encode()
_GPS = {
    1: "N",
    2: (38.0, 43.0, 20.28),
    3: "W",
    4: (9.0, 8.0, 21.48),
    27: f"ASCII\0\0\0{SECRET}:gps".encode(),
}

# Where each sort of picture says something of its owner; `tells` asks a file whether it does.
TOLD_IN = {
    "JPEG": {"exif", "gps", "xmp", "iptc", "comment", "tail"},
    "PNG": {"exif", "gps", "xmp", "text"},
    "WEBP": {"exif", "gps", "xmp"},
    "GIF": {"comment", "xmp"},
    "AVIF": {"exif", "gps", "xmp"},
    "HEIF": {"exif", "gps", "xmp"},
}

pillow_heif.register_heif_opener()  # the writer: what we deploy can read alone


def tells(content: bytes) -> set[str]:
    """Where a sample's secret stands in it; and "" where it stands anywhere."""
    places = rb"(?::(exif|gps|xmp|iptc|comment|tail|text|title|author|script|file))?"
    found = re.finditer(re.escape(SECRET.encode()) + places, content)
    return {(each[1] or b"").decode() for each in found}


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Soft noise: no plain colour, which would say nothing of sizes and times."""
    small = (max(1, width // 8), max(1, height // 8))
    dots = Image.frombytes(mode, small, os.urandom(small[0] * small[1] * len(mode)))
    return dots.resize((width, height), Image.Resampling.BICUBIC)


def exif(orientation: int = 1) -> bytes:
    made = Image.Exif()
    made[0x0112], made[0x010E], made[0x013B] = orientation, f"{SECRET}:exif", f"{SECRET}:exif"
    made.get_ifd(0x8825).update(_GPS)
    return made.tobytes()


def picture(sort: str, size: tuple[int, int] = (640, 400), **options: Any) -> bytes:
    return saved(noise(*size), sort, **options)


def saved(image: Image.Image, sort: str, **options: Any) -> bytes:
    """As a camera or a painter's program would, with all that these write beside the picture."""
    content = io.BytesIO()
    profile = {"icc_profile": _SRGB} if image.mode.startswith("RGB") else {}
    told = {"exif": exif(), "xmp": XMP, "comment": f"{SECRET}:comment"} | profile | options
    if sort == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        text.add_text("Author", f"{SECRET}:text")
        told["pnginfo"] = text
    image.save(content, sort, **told)
    return _with_more(sort, content.getvalue())


_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _with_more(sort: str, content: bytes) -> bytes:
    """What Pillow does not write: a JPEG's press data, and a film or a map after its end; a GIF's XMP."""
    if sort == "JPEG":
        line = f"{SECRET}:iptc".encode()
        press = b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x1b\x1c\2\x50\0\x16" + line
        segment = b"\xff\xed" + (len(press) + 2).to_bytes(2) + press
        return content[:2] + segment + content[2:] + f"{SECRET}:tail".encode()
    if sort == "GIF":
        end = b"\x01" + bytes(range(255, -1, -1)) + b"\0"  # of a reader that does not know where it ends
        return content[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP + end + content[-1:]
    return content


def pdf(pages: int = 3, inner: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """With an author, a script, an attached file, a photograph with its place, and two links."""
    plain, content = io.BytesIO(), io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(420, 595)
    document.save(plain)
    with pikepdf.open(plain) as opened:
        with opened.open_metadata() as about:
            about["dc:creator"] = [f"{SECRET}:xmp"]
        opened.docinfo["/Author"] = f"{SECRET}:author"
        opened.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}:script')"
        )
        opened.attachments["notes.txt"] = f"{SECRET}:file".encode()
        photograph = pikepdf.Stream(opened, picture("JPEG"))
        photograph.Type, photograph.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photograph.Width, photograph.Height, photograph.BitsPerComponent = 640, 400, 8
        photograph.ColorSpace, photograph.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        page = opened.pages[0]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photograph))
        page.Contents = pikepdf.Stream(opened, b"q 400 0 0 250 10 300 cm /Im0 Do Q")
        page.Annots = pikepdf.Array(
            [_link(f"javascript:alert('{SECRET}')"), _link("https://example.org/kept")]
        )
        if inner:
            inner(opened)
        opened.save(content)
    return content.getvalue()


def _link(address: str) -> pikepdf.Dictionary:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 10, 10]), A=action
    )


def recording(
    folder: Path,
    name: str,
    *,
    pictures: str | None,
    sound: str | None,
    shown: Image.Image | None = None,
    turned: bool = False,
) -> bytes:
    """Two seconds, with a title, a place, a cover and more; by the codecs' names. `turned`: held upright."""
    path = folder / name
    with av.open(str(path), "w") as target:
        target.metadata.update(title=f"{SECRET}:title", comment=f"{SECRET}:comment", artist=SECRET)
        target.metadata.update(location=PLACE)
        video: Any = target.add_stream(pictures, rate=10) if pictures else None
        audio: Any = target.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        if video:
            video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
            _film(target, video, shown)
        if audio:
            _tone(target, audio)
    content = path.read_bytes()
    return _with_cover(path.suffix, _quarter_turn(content) if turned else content)


def _quarter_turn(content: bytes) -> bytes:
    """As a telephone says that it was held upright: by a matrix in the header of the track of pictures."""
    at = content.index(b"tkhd") + 44
    matrix = b"".join(each.to_bytes(4, signed=True) for each in (0, 1 << 16, 0, -1 << 16, 0, 0, 240 << 16, 0))
    return content[:at] + matrix + content[at + 32 :]


def _with_cover(suffix: str, content: bytes) -> bytes:
    """With all that its camera wrote; and an MP4 with XMP, as editors leave it."""
    cover = picture("JPEG", (64, 64))
    if suffix == ".mp3":
        frame = b"\0image/jpeg\0\3\0" + cover
        tag = b"APIC" + len(frame).to_bytes(4) + b"\0\0" + frame
        size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
        return b"ID3\3\0\0" + size + tag + content
    if suffix == ".flac":
        kind = b"image/jpeg"
        block = b"\0\0\0\3" + len(kind).to_bytes(4) + kind + b"\0" * 20 + len(cover).to_bytes(4) + cover
        return content[:42] + b"\x06" + len(block).to_bytes(3) + block + content[42:]
    if suffix in (".mp4", ".mov", ".m4a"):
        box = b"uuid" + bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP
        return content + (len(box) + 4).to_bytes(4) + box
    return content


def _film(target: Any, stream: Any, shown: Image.Image | None) -> None:
    for number in range(20):
        frame: Any = av.VideoFrame.from_image(shown or noise(320, 240))  # type: ignore[no-untyped-call]
        frame.pts, frame.time_base = number, Fraction(1, 10)
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))


def _tone(target: Any, stream: Any) -> None:
    fitting = av.AudioResampler(format=stream.codec_context.format, layout="stereo", rate=48_000)
    samples = stream.codec_context.frame_size or 1024
    for start in range(0, 96_000, samples):
        frame = av.AudioFrame(format="s16", layout="stereo", samples=samples)
        frame.planes[0].update(os.urandom(frame.planes[0].buffer_size))
        frame.sample_rate, frame.pts = 48_000, start
        for each in fitting.resample(frame):
            target.mux(stream.encode(each))
    target.mux(stream.encode(None))


def png(width: int, height: int, depth: int, colour: int, *chunks: bytes, rows: bytes | None = None) -> bytes:
    """Of zeros, so that it is small however large it is; `chunks` stand before its pixels."""
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width * channels * depth + 7) // 8)
    pixels = (
        rows if rows is not None else b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    )
    header = width.to_bytes(4) + height.to_bytes(4) + bytes([depth, colour, 0, 0, 0])
    parts = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)
