"""Media: what somebody uploaded, what has become of it, and what was made of it."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from core.errors import Invalid
from core.media import MEGABYTE, File, Rendition, Shown, most_bytes
from core.shapes import Line, Shape
from core.table import Item
from media import kinds

BASE = "/media"


def _taken(content_type: str) -> str:
    name = kinds.known(content_type)
    if name is None:
        raise ValueError("is nothing that can be uploaded: " + ", ".join(kinds.KINDS))
    return name


class NewMedia(Shape):
    """The file's name is kept for its owner, and leads nowhere."""

    file_name: Annotated[Line, StringConstraints(min_length=1, max_length=255)]
    content_type: Annotated[str, StringConstraints(max_length=100), AfterValidator(_taken)]
    size: Annotated[int, Field(ge=1, description="Bytes.")]

    def check_size(self) -> None:
        kind = kinds.KINDS[self.content_type]
        most = most_bytes(kind)
        if self.size > most:
            detail = f"is more than the {most // MEGABYTE} MB that {_NAMES[kind]} may have"
            raise Invalid("One field is not right.", {"pointer": "/size", "detail": detail})


_NAMES = {"image": "a picture", "video": "a video", "audio": "a sound file", "document": "a document"}


class Media(Shown):
    """`reason`: why it was refused, in words."""

    file_name: str
    content_type: str
    size: int
    reason: str | None = None
    created_at: str
    version: int


class UploadForm(Shape):
    """Post these fields as multipart/form-data, and last the file as `file`; good for ten minutes."""

    url: str
    fields: dict[str, str]


class NewlyMade(Media):
    upload: UploadForm


def media(item: Item) -> Media:
    return Media.model_validate({name: item[name] for name in Media.model_fields if name in item})


def served(made: Item, media_id: str) -> dict[str, Any]:
    """What was made, by the addresses that it is served at."""
    renditions = [
        Rendition(url=address(media_id, each["name"]), **{n: each[n] for n in ("width", "height", "bytes")})
        for each in made["renditions"]
    ]
    file = made["file"]
    shown = file and File(
        url=address(media_id, file["name"]), content_type=file["content_type"], bytes=file["bytes"]
    )
    plain = ("width", "height", "milliseconds", "pages", "placeholder")
    return {name: made[name] for name in plain} | {
        "renditions": [each.model_dump() for each in renditions],
        "file": shown and shown.model_dump(),
    }


def served_names(item: Item) -> set[str]:
    """Of the files that an item shows."""
    shown = [*item.get("renditions", []), *([item["file"]] if item.get("file") else [])]
    return {each["url"].rpartition("/")[2] for each in shown}


def address(media_id: str, name: str) -> str:
    return f"{BASE}/{media_id}/{name}"
