"""From an upload to what is served of it; once or twice, at the same time or late."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core import keys, table
from core.table import Item
from media import objects, opening, store
from media.made import Made
from media.media import served, served_names

_TRIES = 3


def process(media_id: str, now: datetime) -> None:
    item = table.get(keys.media(media_id), consistent=True)
    if item is None or not store.begin(item, now):
        # A form that was posted again, or after its media was deleted: what is served stays.
        return objects.keep_only(media_id, served_names(item or {}))
    if item["tries"] >= _TRIES:
        return _refuse(item, "The file cannot be read.", now)
    with TemporaryDirectory() as folder:
        _open(item, Path(folder), now)
    return None


def _open(item: Item, folder: Path, now: datetime) -> None:
    upload, made_in = folder / "upload", folder / "made"
    made_in.mkdir()
    if not objects.download(item["id"], upload):
        return  # its other event was faster; if not, the sweep will say that nothing came
    opened = opening.opened(upload, item["content_type"], made_in)
    if opened.made is None:
        _refuse(item, opened.refused or "The file cannot be read.", now)
    else:
        _publish(item, opened.made, made_in, now)


def _publish(item: Item, made: Made, folder: Path, now: datetime) -> None:
    """Under names of their contents: who makes the same again changes nothing, nor does who comes later."""
    for piece in made.pieces():
        objects.publish(item["id"], piece, folder, item["file_name"] or "document.pdf")
    if store.make_ready(item, served(made.model_dump(), item["id"]), now):
        return objects.drop_upload(item["id"])
    # It was settled by another or deleted meanwhile: only what is shown stays.
    settled = table.get(keys.media(item["id"]), consistent=True)
    return objects.keep_only(item["id"], served_names(settled or {}))


def _refuse(item: Item, reason: str, now: datetime) -> None:
    store.refuse(item, reason, now)
    objects.drop_upload(item["id"])
