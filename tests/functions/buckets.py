"""The two buckets of media: what was uploaded, and what is served of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

UPLOADS, SERVED = "uploads", "served"
_ENVIRONMENT = {"UPLOADS_BUCKET": UPLOADS, "MEDIA_BUCKET": SERVED}


@contextmanager
def made(patch: pytest.MonkeyPatch, **told: str) -> Iterator[Any]:
    """There for as long as the block, whatever is in them at its end; and named to the code, as is `told`."""
    for name, value in (_ENVIRONMENT | told).items():
        patch.setenv(name, value)
    s3: Any = boto3.client("s3")
    for name in (UPLOADS, SERVED):
        s3.create_bucket(Bucket=name)
    yield s3
    for name in (UPLOADS, SERVED):
        for each in in_bucket(s3, name):
            s3.delete_object(Bucket=name, Key=each)
        s3.delete_bucket(Bucket=name)
    s3.close()


def in_bucket(s3: Any, name: str = SERVED) -> set[str]:
    return {each["Key"] for each in s3.list_objects_v2(Bucket=name).get("Contents", [])}
