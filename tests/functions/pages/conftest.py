"""The site's bucket beside the table, and what members and visitors do in these tests."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.faults.engine import Engine, engine

SITE = "site"


@pytest.fixture(autouse=True)
def quick_table(_table: None) -> Iterator[Engine]:
    with engine() as made:
        yield made


@pytest.fixture(autouse=True)
def site_bucket(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    monkeypatch.setenv("SITE_BUCKET", SITE)
    monkeypatch.setenv("PAGE_ICON", "data:image/svg+xml,")
    monkeypatch.setenv("PAGE_STYLE", "/site/page-0.css")
    monkeypatch.setenv("PAGE_SCRIPT", "/site/page-0.js")
    made: Any = boto3.client("s3")
    made.create_bucket(Bucket=SITE)
    yield made
    for each in made.list_objects_v2(Bucket=SITE).get("Contents", []):
        made.delete_object(Bucket=SITE, Key=each["Key"])
    made.delete_bucket(Bucket=SITE)
    made.close()
