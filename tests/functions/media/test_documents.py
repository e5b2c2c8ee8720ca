"""PDF documents as they will be served."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from media import jpeg
from media.made import Refused
from tests.functions.media.looking import TOLD, Look
from tests.functions.media.samples import SECRET, pdf, picture


@pytest.fixture
def _table() -> None:
    """None is needed here."""


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return Look(tmp_path)


def test_they_show_their_first_page_and_say_how_many_there_are(look: Look) -> None:
    made, pieces = look.made(pdf(pages=3), "application/pdf")

    assert made.pages == 3
    assert [each.width for each in made.renditions][:2] == [480, 960]
    with Image.open(io.BytesIO(pieces[made.renditions[0].name])) as page:
        assert len(page.convert("RGB").getcolors(1_000_000) or []) > 100, "the photograph is on it"


def test_what_their_pages_do_not_show_is_not_served(look: Look) -> None:
    made, pieces = look.made(pdf(), "application/pdf")

    assert made.file
    cleaned = pieces[made.file.name]
    assert not TOLD.search(cleaned)
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        whole = b"".join(each.unparse() for each in document.objects if isinstance(each, pikepdf.Object))
        streams = b"".join(
            each.read_raw_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)
        )
        assert len(document.pages) == 3
        assert "/OpenAction" not in document.Root
        assert not document.attachments
        assert not TOLD.search(whole + streams)
        [link] = list(document.pages[0].obj["/Annots"])
        assert str(link["/A"]["/URI"]) == "https://example.org/kept"
        photograph = document.pages[0].obj["/Resources"]["/XObject"]["/Im0"].read_raw_bytes()
    with Image.open(io.BytesIO(photograph)) as drawn:
        drawn.load()
        assert drawn.size == (640, 400)


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
