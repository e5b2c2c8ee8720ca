"""The cast: alice owns things, bob is a colleague, mallory a stranger."""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from accounts import store as accounts_store
from accounts.account import Account
from accounts.admissions import Admission
from core import keys, table
from core.clock import new_id
from core.idempotency import Once

NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)


class Person(NamedTuple):
    id: str
    handle: str


@pytest.fixture(autouse=True)
def _table(empty_table: None) -> None:
    """For every test of a function."""


@pytest.fixture
def alice() -> Person:
    return join("alice")


@pytest.fixture
def bob() -> Person:
    return join("bob-the-builder")


@pytest.fixture
def mallory() -> Person:
    return join("mallory")


def join(handle: str) -> Person:
    """A member, made by the code that makes members."""
    account = Account(id=new_id(), handle=handle, name=handle.title())
    admission = Admission(keys.admission(handle), account.id)
    table.write(table.put(admission.key._asdict() | {"code_digest": "-", "member_id": account.id}))
    accounts_store.add(account, admission, Once("anybody", None, "", 201, NOW), NOW)
    return Person(account.id, handle)
