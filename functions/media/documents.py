"""PDF documents: the first page as a picture, and the document itself without what its pages do not show."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from media import pictures
from media.jpeg import without_metadata
from media.made import Made, Piece, Refused, piece

_MOST_PAGES = 1000
_MOST_OBJECTS = 200_000
_DROPPED = ("/Metadata", "/PieceInfo", "/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/Thumb")


def make(path: Path, _content_type: str, folder: Path) -> Made:
    pages, drawn = _first_page(path)
    renditions = pictures.renditions(drawn, folder)
    return Made(
        width=drawn.width,
        height=drawn.height,
        pages=pages,
        placeholder=pictures.placeholder(drawn),
        renditions=renditions,
        file=_cleaned(path, folder),
    )


def _first_page(path: Path) -> tuple[int, Image.Image]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(
            "The document is locked by a password." if locked else "The document cannot be read as a PDF."
        ) from None
    pages = len(document)
    if not 0 < pages <= _MOST_PAGES:
        raise Refused(f"The document has {pages} pages; it may have 1 to {_MOST_PAGES}.")
    page = document[0]
    width, height = page.get_size()
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise Refused("The document's first page has no size that could be shown.")
    scale = min(pictures.WIDTHS[-1] / width, 2560 / height)
    return pages, page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def _cleaned(path: Path, folder: Path) -> Piece:
    """Pages go into a new document: so scripts, attached files, authors and their like stay behind."""
    try:
        with pikepdf.open(path) as old, pikepdf.new() as new:
            if old.is_encrypted:
                raise Refused("The document is locked by a password.")
            if len(old.objects) > _MOST_OBJECTS:
                raise Refused("The document is made of too many parts.")
            new.pages.extend(old.pages)
            for each in new.objects:
                _strip(each)
            content = io.BytesIO()
            new.save(content, fix_metadata_version=False, deterministic_id=True)
    except pikepdf.PdfError:
        raise Refused("The document cannot be read as a PDF.") from None
    return piece(folder, ".pdf", content.getvalue(), "application/pdf")


def _strip(part: Any) -> None:
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in _DROPPED:
        if name in part:
            del part[name]
    if "/Annots" in part:
        _keep_links(part)
    if isinstance(part, pikepdf.Stream):
        _strip_picture(part)


def _keep_links(page: Any) -> None:
    """Of what lies upon a page links to web addresses alone; no forms, films, files or scripts."""
    links = [each for each in page["/Annots"] if _is_link(each)]
    page["/Annots"] = pikepdf.Array(links)


def _is_link(annotation: Any) -> bool:
    if not isinstance(annotation, pikepdf.Dictionary) or annotation.get("/Subtype") != "/Link":
        return False
    action = annotation.get("/A")
    if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != "/URI" or "/Next" in action:
        return False
    return str(action.get("/URI", "")).lower().startswith(("https://", "http://"))


def _strip_picture(stream: Any) -> None:
    """A photograph within a page is a whole JPEG with all that its camera wrote; other sorts are refused."""
    filters = stream.get("/Filter")
    last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if last == "/JPXDecode":
        raise Refused("The document holds pictures in JPEG 2000, whose metadata cannot be taken out.")
    if last != "/DCTDecode":
        return
    if isinstance(filters, pikepdf.Array) and len(filters) > 1:
        raise Refused("The document holds pictures that are packed twice.")
    stream.write(without_metadata(stream.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
