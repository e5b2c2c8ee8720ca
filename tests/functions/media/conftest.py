"""Two buckets beside the table, and what the tests do again and again."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

UPLOADS, SERVED = "uploads", "served"
LIMITS = {"image": 10, "video": 100, "audio": 50, "document": 25, "quota": 20}


@pytest.fixture(autouse=True)
def buckets(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    monkeypatch.setenv("UPLOADS_BUCKET", UPLOADS)
    monkeypatch.setenv("MEDIA_BUCKET", SERVED)
    monkeypatch.setenv("MEDIA_LIMITS", json.dumps(LIMITS))
    made: Any = boto3.client("s3")
    for name in (UPLOADS, SERVED):
        made.create_bucket(Bucket=name)
    yield made
    for name in (UPLOADS, SERVED):
        for each in made.list_objects_v2(Bucket=name).get("Contents", []):
            made.delete_object(Bucket=name, Key=each["Key"])
        made.delete_bucket(Bucket=name)
    made.close()
