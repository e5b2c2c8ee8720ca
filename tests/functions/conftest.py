"""The cast: alice owns things, bob is a colleague, mallory a stranger."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from accounts import store as accounts_store
from accounts.account import NewAccount
from accounts.admissions import Admission
from core import clock, keys, table
from core.idempotency import Once
from tests.faults.engine import Engine, engine

NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)

type Shift = Callable[[timedelta], None]


class Person(NamedTuple):
    id: str
    handle: str


@pytest.fixture(autouse=True)
def _table(empty_table: None) -> None:
    """For every test of a function."""


@pytest.fixture
def quick_table(empty_table: None) -> Iterator[Engine]:  # noqa: ARG001 - it must be there
    """The same table without HTTP between the code and moto: for tests of many items."""
    with engine() as made:
        yield made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Shift:
    """Sets the clock so far ahead."""

    def shift(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + by)

    return shift


@pytest.fixture
def alice() -> Person:
    return join("alice")


@pytest.fixture
def bob() -> Person:
    return join("bob-the-builder")


@pytest.fixture
def mallory() -> Person:
    return join("mallory")


def join(handle: str, domain: str = "example.org") -> Person:
    """A member, made by the code that makes members."""
    item = keys.admission(handle)._asdict() | {"code_digest": "-"}
    table.write(table.put(item))
    new = NewAccount(email=f"-@{domain}", password="-" * 12, code="-", handle=handle, name=handle.title())
    begun = accounts_store.begin(new, Admission(keys.admission(handle), item, proves_address=True), NOW)
    account = accounts_store.finish(begun, Once("anybody", None, "", 201, NOW), NOW)
    return Person(account.id, handle)
