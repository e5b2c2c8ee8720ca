"""What the tests of media do and look at."""

import json
from datetime import timedelta
from typing import Any

from core import keys, media, table
from media import create_media, get_media, process_upload, sweep_media
from tests.cloud import Answer, call
from tests.functions.buckets import UPLOADS
from tests.functions.conftest import Person
from tests.functions.media.samples import picture

FACTS = {"file_name": "chairs.jpg", "content_type": "image/jpeg", "size": 100_000}


def create(user: Person, key: str | None = None, **facts: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_media.handler, user=user.id, body=FACTS | facts, headers=headers)


def created(user: Person, **facts: Any) -> str:
    return str(create(user, **facts).json["id"])


def read(user: Person, media_id: str) -> Answer:
    return call(get_media.handler, user=user.id, media_id=media_id)


def upload(s3: Any, media_id: str, content: bytes | None = None) -> None:
    s3.put_object(Bucket=UPLOADS, Key=media_id, Body=picture("JPEG") if content is None else content)


def process(media_id: str) -> None:
    """S3's event, as EventBridge brings it."""
    detail = {"bucket": {"name": UPLOADS}, "object": {"key": media_id, "size": 9, "etag": "e"}}
    told(process_upload.handler, detail)


def told(handler: Any, detail: dict[str, Any]) -> None:
    body = json.dumps({"detail-type": "-", "detail": detail})
    answer = handler({"Records": [{"messageId": "1", "body": body}]}, None)
    assert answer == {"batchItemFailures": []}


def ready(user: Person, s3: Any) -> str:
    media_id = created(user)
    upload(s3, media_id)
    process(media_id)
    assert read(user, media_id).json["state"] == "ready"
    return media_id


def stored(media_id: str) -> table.Item | None:
    return table.get(keys.media(media_id), consistent=True)


def referred(media_id: str, owner: str, by: str) -> None:
    table.write(media.refer(media.find([media_id], owner)[media_id], "highlight", by))


def sweep(monkeypatch: Any, later: timedelta) -> None:
    """So much later than now, whenever that is."""
    from core import clock

    now = clock.now()
    with monkeypatch.context() as patch:
        patch.setattr("core.clock.now", lambda: now + later)
        told(sweep_media.handler, {})
