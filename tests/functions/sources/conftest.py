"""A web of our own on loopback, and a table without HTTP between."""

from collections.abc import Iterator

import pytest

from sources.child import answer
from sources.reading import Read
from tests.faults.engine import Engine, engine
from tests.web import Web


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("FETCH_CONTACT", "https://polyfolio.example/")
    with Web() as web:
        monkeypatch.setenv("FETCH_ALLOWED", web.place)
        yield web


@pytest.fixture(autouse=True)
def quick_table(_table: None) -> Iterator[Engine]:
    with engine() as made:
        yield made


@pytest.fixture(autouse=True)
def _no_linkedin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKEDIN_DATA", "null")


@pytest.fixture
def child() -> None:
    """Feeds are read in a child process, as they are deployed; for what needs its limits."""


@pytest.fixture(autouse=True)
def quick_reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(body: bytes, content_type: str, url: str) -> Read:
        return Read.model_validate(answer(body, content_type, url))

    if "child" not in request.fixturenames:
        monkeypatch.setattr("sources.reading.read", read)
