"""Media as all contexts see it: what is shown of it, and who refers to it.

A fact that shows media holds a copy of what is shown, and the media knows who refers to it: both are written
in one transaction. What nobody refers to is removed within a day (functions/media/sweep_media.py).

    shown = media.find([id], owner=me.id).get(id)           # None: not theirs, or refused
    table.write(fact, media.refer(shown, "highlight", highlight_id))

Bytes from elsewhere come in the same way as uploads: write `new_item(...)`, then put them into the bucket of
uploads under the media's id, from where process_upload takes them. `owner` is a member, or a name such as
"preview" that is nobody's id.
"""

import json
import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from core import clock, keys, table
from core.errors import Conflict
from core.shapes import Id, Shape
from core.table import Item, Write

type State = Literal["waiting", "processing", "ready", "refused"]
type Kind = Literal["image", "video", "audio", "document"]
type Holder = Literal["highlight", "member", "preview"]

UPLOAD_MINUTES = 10  # how long the upload's form is good
_LOST_AFTER = timedelta(minutes=UPLOAD_MINUTES + 1)
MEGABYTE = 1_000_000
_TRIES = 4
_RELEASED_FOR = timedelta(hours=1)  # so that a picture can be moved from one thing to another


class Unsteady(Exception):
    """Some media became ready or was refused between the look and the write."""


class Rendition(Shape):
    url: str
    width: int
    height: int
    bytes: int


class File(Shape):
    url: str
    content_type: str
    bytes: int


class Shown(Shape):
    """`renditions` from the smallest; none until it is ready, nor of sound. `file`: to play or read."""

    id: Id
    kind: Kind
    state: State
    width: int | None = None
    height: int | None = None
    milliseconds: int | None = None
    pages: int | None = None
    placeholder: Annotated[str | None, Field(description="A tiny picture, to show blurred.")] = None
    renditions: list[Rendition] = []
    file: File | None = None


def shown(item: Item) -> Shown:
    return Shown.model_validate({name: item[name] for name in Shown.model_fields if name in item})


def find(wanted: Iterable[str], owner: str) -> dict[str, Shown]:
    """Those that this owner may show. One call; one more for each that has only just been made."""
    ids = dict.fromkeys(wanted)
    found = {item["id"]: item for item in table.get_many(map(keys.media, ids))} if ids else {}
    for each in ids.keys() - found.keys():
        if item := table.get(keys.media(each), consistent=True):
            found[each] = item
    return {
        each: shown(item)
        for each, item in found.items()
        if item["owner"] == owner and item["state"] != "refused"
    }


def existing(ids: Iterable[str]) -> set[str]:
    wanted = list(dict.fromkeys(map(keys.media, ids)))
    return {item["id"] for item in table.get_many(wanted)} if wanted else set()


def refer(to: Shown, holder: Holder, holder_id: str) -> Write:
    """Holds only while it is what was seen of it: else the copy would stay what it was for ever."""
    condition = "attribute_exists(pk) AND #state = :seen"
    change = f"SET refs.#{holder_id} = :holder ADD version :one"
    return table.update(keys.media(to.id), change, condition, seen=to.state, holder=holder, one=1)


def steadily[T](attempt: Callable[[], T]) -> T:
    """What `attempt` gives, which looks and writes: made anew where media was not as it was seen.

    It raises Unsteady then, or ConditionFailed where its conditions are of media alone.
    """
    for _ in range(_TRIES):
        try:
            return attempt()
        except (Unsteady, table.ConditionFailed):
            continue
    raise Conflict("Some of its media is being changed at this moment; try again.")


def charge(owner: str, size: int, quota: int) -> Write:
    """Exact under uploads at the same time: what is left is looked at where it is taken."""
    left = "attribute_not_exists(used) OR used <= :room"
    return table.update(keys.media_used(owner), "ADD used :size", left, size=size, room=quota - size)


def most_bytes(kind: str) -> int:
    """How many bytes one of this kind may have, or all of a member's together ("quota")."""
    return int(json.loads(os.environ["MEDIA_LIMITS"])[kind]) * MEGABYTE


def release(media_id: str, holder_id: str, now: datetime) -> Write:
    """From then on it is looked at again, and removed if nobody else refers to it."""
    due = keys.media_due(clock.timestamp(now + _RELEASED_FOR), media_id)
    change = f"SET {', '.join(f'{name} = :{name}' for name in due)} REMOVE refs.#{holder_id} ADD version :one"
    return table.update(keys.media(media_id), change, "attribute_exists(pk)", one=1, **due)


def new_item(media_id: str, owner: str, kind: Kind, content_type: str, size: int, now: datetime) -> Item:
    """Of something that is to come: `size` is the most bytes that it may have."""
    facts: dict[str, Any] = {
        "id": media_id,
        "owner": owner,
        "kind": kind,
        "content_type": content_type,
        "file_name": "",
        "size": size,
        "charged": 0,
        "state": "waiting",
        "tries": 0,
        "refs": {},
        "version": 1,
        "created_at": clock.timestamp(now),
    }
    due = keys.media_due(clock.timestamp(now + _LOST_AFTER), media_id)
    return keys.media(media_id)._asdict() | keys.media_of(owner, media_id) | due | facts
