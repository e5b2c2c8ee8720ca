"""A web of our own, and the buckets that pictures go through."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.functions.buckets import made
from tests.web import Web


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("FETCH_CONTACT", "https://polyfolio.example/")
    with Web() as web:
        monkeypatch.setenv("FETCH_ALLOWED", web.place)
        yield web


@pytest.fixture(autouse=True)
def s3(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    with made(monkeypatch) as buckets:
        yield buckets
