"""A user pool, empty before each test, and one person who has been admitted: ada."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts import admissions, cognito, create_account, sign_in
from core import keys, table
from tests.cloud import Answer, call
from tests.functions.accounts.pool import Pool

ADA: dict[str, Any] = {
    "email": "ada@example.org",
    "password": "correct horse battery",
    "code": "let-me-in",
    "handle": "ada",
    "name": "Ada",
}


@pytest.fixture(scope="session")
def _pool(cloud: str) -> Iterator[Pool]:
    """Made once: its keys take a third of a second."""
    made = Pool(cloud)
    with made.served() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("USER_POOL_ID", made.id)
        patch.setenv("USER_POOL_CLIENT_ID", made.client_id)
        patch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", address)
        yield made
        cognito.pool.close()


@pytest.fixture(autouse=True)
def pool(_pool: Pool) -> Pool:
    _pool.empty()
    return _pool


@pytest.fixture(autouse=True)
def _admission(empty_table: None) -> None:  # noqa: ARG001 - it must be there
    admit(ADA["email"], ADA["code"])


def admit(address: str, code: str) -> None:
    key = keys.admission(admissions.digest(address))
    table.write(table.put(key._asdict() | {"code_digest": admissions.digest(code)}))


def create(key: str | None = None, **changes: object) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_account.handler, body=ADA | changes, headers=headers)


def signed_in(**changes: object) -> Answer:
    credentials = {"email": ADA["email"], "password": ADA["password"]}
    return call(sign_in.handler, body=credentials | changes)


def everything() -> list[dict[str, Any]]:
    """All facts: the tries that a limit counts are none."""
    return [item for item in stored() if not item["pk"]["S"].startswith("LIMIT#")]


def stored() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return items
