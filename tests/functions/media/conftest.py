"""Two buckets beside the table, and what may be put into them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functions.buckets import made
from tests.functions.media.looking import Look

LIMITS = {"image": 10, "video": 100, "audio": 50, "document": 25, "quota": 20}


@pytest.fixture(autouse=True)
def buckets(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    with made(monkeypatch, MEDIA_LIMITS=json.dumps(LIMITS)) as s3:
        yield s3


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return Look(tmp_path)
