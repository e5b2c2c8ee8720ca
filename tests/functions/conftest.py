"""The cast: alice owns things, bob is a colleague, mallory a stranger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from moto.server import ThreadedMotoServer

from accounts import store as accounts_store
from accounts.account import Account
from accounts.admissions import Admission
from core import table
from core.clock import new_id
from core.idempotency import Once
from tests.cloud import create_table

TABLE = "unit"
NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)


class Person(NamedTuple):
    id: str
    handle: str


@pytest.fixture(scope="session", autouse=True)
def moto() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    patch = pytest.MonkeyPatch()
    for name, value in _environment(f"http://{host}:{port}").items():
        patch.setenv(name, value)
    yield f"http://{host}:{port}"
    patch.undo()
    server.stop()


def _environment(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "TABLE_NAME": TABLE,
        "SIGNING_SECRET": "unit tests",
    }


@pytest.fixture(autouse=True)
def _table(moto: str) -> Iterator[None]:  # noqa: ARG001 - the server must be there
    create_table(table.dynamodb, TABLE)
    yield
    table.dynamodb.call("DeleteTable", {"TableName": TABLE})


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
    admission = Admission(table.admission_key(handle), account.id)
    table.write(table.put(admission.key._asdict() | {"code_digest": "-", "member_id": account.id}))
    accounts_store.add(account, admission, Once("anybody", None, "", 201, NOW), NOW)
    return Person(account.id, handle)
