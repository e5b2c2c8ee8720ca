"""A bucket beside the table, and members who bring archives along."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.functions.imports.acting import UPLOADS, Imports


@pytest.fixture
def bucket(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    monkeypatch.setenv("UPLOADS_BUCKET", UPLOADS)
    made: Any = boto3.client("s3")
    made.create_bucket(Bucket=UPLOADS)
    yield made
    for each in made.list_objects_v2(Bucket=UPLOADS).get("Contents", []):
        made.delete_object(Bucket=UPLOADS, Key=each["Key"])
    made.delete_bucket(Bucket=UPLOADS)
    made.close()


@pytest.fixture
def imports(bucket: Any, quick_table: object, monkeypatch: pytest.MonkeyPatch) -> Imports:  # noqa: ARG001
    made = Imports(bucket)
    monkeypatch.setattr("imports.taking.pause", made.let_the_timeline_follow)
    return made
