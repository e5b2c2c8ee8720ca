"""A web of our own, and the buckets that pictures go through."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.web import Web

UPLOADS, SERVED = "uploads", "served"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("FETCH_CONTACT", "https://polyfolio.example/")
    with Web() as web:
        monkeypatch.setenv("FETCH_ALLOWED", web.place)
        yield web


@pytest.fixture(autouse=True)
def s3(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    monkeypatch.setenv("UPLOADS_BUCKET", UPLOADS)
    monkeypatch.setenv("MEDIA_BUCKET", SERVED)
    made: Any = boto3.client("s3")
    for name in (UPLOADS, SERVED):
        made.create_bucket(Bucket=name)
    yield made
    for name in (UPLOADS, SERVED):
        for each in made.list_objects_v2(Bucket=name).get("Contents", []):
            made.delete_object(Bucket=name, Key=each["Key"])
        made.delete_bucket(Bucket=name)
    made.close()
