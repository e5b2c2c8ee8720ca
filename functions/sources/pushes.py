"""What hubs have sent, until it is taken: the same thing twice is one."""

import base64
import hashlib
import zlib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from core import keys, table

_KEPT = timedelta(days=1)
_MOST_BYTES = 256 * 1024


class Push(NamedTuple):
    source_id: str
    body: bytes
    content_type: str


def add(source_id: str, body: bytes, content_type: str, now: datetime) -> None:
    push_id = hashlib.sha256(source_id.encode() + b"\0" + body).hexdigest()[:32]
    packed = base64.b85encode(zlib.compress(body)).decode()
    item = {"id": push_id, "version": 1, "source_id": source_id, "content_type": content_type, "body": packed}
    item[keys.TTL] = int((now + _KEPT).timestamp())
    with suppress(table.ConditionFailed):
        table.write(table.put(keys.push(push_id)._asdict() | item, "attribute_not_exists(pk)"))


def get(push_id: str) -> Push | None:
    item = table.get(keys.push(push_id), consistent=True)
    if item is None:
        return None
    body = zlib.decompressobj().decompress(base64.b85decode(item["body"]), _MOST_BYTES)
    return Push(item["source_id"], body, item["content_type"])


def drop(push_id: str) -> None:
    table.write(table.delete(keys.push(push_id)))
