"""Files as members have them, made anew for each run: with all that their owners would not want told."""

import io
import os
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pikepdf
import pypdfium2
from PIL import Image, PngImagePlugin

SECRET = "the-secret-garden"
PLACE = "+38.7223-009.1393/"
_GPS = {1: "N", 2: (38.0, 43.0, 20.28), 3: "W", 4: (9.0, 8.0, 21.48)}
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description dc:creator="{SECRET}"/></x:xmpmeta>'.encode()


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Soft noise: no plain colour, which would say nothing of sizes and times."""
    small = (max(1, width // 8), max(1, height // 8))
    dots = Image.frombytes(mode, small, os.urandom(small[0] * small[1] * len(mode)))
    return dots.resize((width, height), Image.Resampling.BICUBIC)


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x010E], made[0x013B] = orientation, SECRET, SECRET
    made.get_ifd(0x8825).update(_GPS)
    return made


def picture(sort: str, size: tuple[int, int] = (640, 400), **options: Any) -> bytes:
    content = io.BytesIO()
    told = {"exif": exif(), "xmp": XMP, "comment": SECRET} | options
    if sort == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        text.add_text("Author", SECRET)
        told["pnginfo"] = text
    noise(*size).save(content, sort, **told)
    return content.getvalue()


def pdf(pages: int = 3, inner: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """With an author, a script, an attached file, a photograph with its place, and two links."""
    plain, content = io.BytesIO(), io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(420, 595)
    document.save(plain)
    with pikepdf.open(plain) as opened:
        opened.docinfo["/Author"] = SECRET
        with opened.open_metadata() as about:
            about["dc:creator"] = [SECRET]
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')")
        opened.attachments["notes.txt"] = SECRET.encode()
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


def recording(folder: Path, name: str, *, pictures: str | None, sound: str | None) -> bytes:
    """Two seconds, with a title, a place and a comment; by the codecs' names."""
    path = folder / name
    with av.open(str(path), "w") as target:
        target.metadata.update(title=SECRET, comment=SECRET, artist=SECRET, location=PLACE)
        video: Any = target.add_stream(pictures, rate=10) if pictures else None
        audio: Any = target.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        if video:
            video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
            _film(target, video)
        if audio:
            _tone(target, audio)
    return path.read_bytes()


def _film(target: Any, stream: Any) -> None:
    for number in range(20):
        frame: Any = av.VideoFrame.from_image(noise(320, 240))  # type: ignore[no-untyped-call]
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


def packed_zeros(megabytes: int) -> bytes:
    return zlib.compress(b"\0" * (megabytes << 20), 9)
