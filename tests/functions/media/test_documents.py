"""PDF documents as they will be served."""

import io

import pikepdf
import pytest
from PIL import Image

from media import jpeg
from media.made import Refused
from tests.functions.media.looking import TOLD, Look
from tests.functions.media.samples import SECRET, pdf, picture, tells


@pytest.fixture
def _table() -> None:
    """None is needed here."""


def test_they_show_their_first_page_and_say_how_many_there_are(look: Look) -> None:
    made, pieces = look.made(pdf(pages=3), "application/pdf")

    assert made.pages == 3
    assert [each.width for each in made.renditions][:2] == [480, 960]
    with Image.open(io.BytesIO(pieces[made.renditions[0].name])) as page:
        assert len(page.convert("RGB").getcolors(1_000_000) or []) > 100, "the photograph is on it"


def test_what_their_pages_do_not_show_is_not_served(look: Look) -> None:
    original = pdf()
    with pikepdf.open(io.BytesIO(original)) as document:
        assert tells(unpacked(document)) >= {"author", "xmp", "script", "file", "exif", "gps", "iptc"}

    made, pieces = look.made(original, "application/pdf")

    assert made.file
    assert not any(map(TOLD.search, pieces.values())), "nor do the pictures of its first page tell"
    with pikepdf.open(io.BytesIO(pieces[made.file.name])) as document:
        assert len(document.pages) == 3
        assert "/OpenAction" not in document.Root
        assert not document.attachments
        assert not TOLD.search(unpacked(document))
        [link] = list(document.pages[0].obj["/Annots"])
        assert str(link["/A"]["/URI"]) == "https://example.org/kept"
        photograph = document.pages[0].obj["/Resources"]["/XObject"]["/Im0"].read_raw_bytes()
    with Image.open(io.BytesIO(photograph)) as drawn:
        drawn.load()
        assert drawn.size == (640, 400)


def unpacked(document: pikepdf.Pdf) -> bytes:
    """All of its parts, and all that is packed in them."""
    parts = [each for each in document.objects if isinstance(each, pikepdf.Object)]
    streams = [each for each in parts if isinstance(each, pikepdf.Stream)]
    photographs = [each.read_raw_bytes() for each in streams if each.get("/Filter") == "/DCTDecode"]
    texts = [each.read_bytes() for each in streams if each.get("/Filter") != "/DCTDecode"]
    return b"".join([*(each.unparse(resolved=True) for each in parts), *photographs, *texts])


def test_one_that_is_locked_is_refused_with_the_reason(look: Look) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))

    assert look.refused(locked.getvalue(), "application/pdf") == "The document is locked by a password."


def test_pictures_that_cannot_be_cleaned_are_refused(look: Look) -> None:
    def jpeg_2000(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"\0\0\0\x0cjP  " + SECRET.encode())
        stream.Filter = pikepdf.Name.JPXDecode
        document.pages[0].Resources.XObject.Im1 = stream

    refused = look.refused(pdf(inner=jpeg_2000), "application/pdf")

    assert refused == "The document holds pictures in JPEG 2000, whose metadata cannot be taken out."


def test_one_that_is_cut_off_is_refused(look: Look) -> None:
    assert look.refused(pdf()[:700], "application/pdf")


def test_a_photograph_within_keeps_what_is_drawn_and_loses_what_is_told() -> None:
    cleaned = jpeg.without_metadata(picture("JPEG") + SECRET.encode())

    assert not TOLD.search(cleaned)
    with Image.open(io.BytesIO(cleaned)) as drawn:
        drawn.load()


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"\xff\xd8\0\0\0\0\0"])
def test_a_photograph_within_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        jpeg.without_metadata(content)
