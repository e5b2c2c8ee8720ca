"""A user pool, empty before each test, and one person who has been admitted: ada."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts import confirm_account, create_account, sign_in
from accounts.sessions import Session, _claims
from core import clock, invited, keys, table
from tests.cloud import Answer, call
from tests.functions.accounts.pool import Pool
from tests.provider import SECRET, Provider
from tests.web import Web

ADA: dict[str, Any] = {
    "email": "ada@example.org",
    "password": "correct horse battery",
    "code": "let-me-in",
    "handle": "ada",
    "name": "Ada",
}


@pytest.fixture(autouse=True)
def pool(user_pool: Pool) -> Pool:
    user_pool.empty()
    return user_pool


@pytest.fixture(autouse=True)
def _admission(empty_table: None) -> None:  # noqa: ARG001 - it must be there
    admit(ADA["email"], ADA["code"])


@pytest.fixture(scope="session")
def loopback() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
def google(offered: tuple[Provider, Provider]) -> Provider:
    """Does all as the standard says."""
    return offered[0]


@pytest.fixture
def linkedin(offered: tuple[Provider, Provider]) -> Provider:
    """Knows neither nonces nor PKCE."""
    return offered[1]


@pytest.fixture
def offered(loopback: Web, monkeypatch: pytest.MonkeyPatch) -> tuple[Provider, Provider]:
    web, patch = loopback, monkeypatch
    google, linkedin = Provider(web), Provider(web, "linkedin", sends_nonce=False)
    linkedin.described = {"code_challenge_methods_supported": []}
    patch.setenv("FETCH_ALLOWED", web.place)
    patch.setenv("FETCH_CONTACT", "https://polyfolio.example/")
    patch.setenv("SIGN_IN_PROVIDERS", json.dumps([google.setting, linkedin.setting]))
    patch.setenv("SIGN_IN_SECRETS", json.dumps({each.id: SECRET for each in (google, linkedin)}))
    return google, linkedin


def admit(address: str, code: str) -> None:
    key = keys.admission(invited.digest(address))
    table.write(table.put(key._asdict() | {"code_digest": invited.digest(code)}))


def invite(by: str, code: str, email: str | None = None, days: int = 30, **attributes: Any) -> keys.Key:
    """An invitation by this member, as their context writes it, in the first of their places."""
    until, code_digest = clock.now() + timedelta(days=days), invited.digest(code)
    led = {"inviter_id": by, "place": 0, "expires_at": clock.timestamp(until)}
    times = {"sent_at": clock.timestamp(clock.now()), "expires_at": led["expires_at"]}
    item = {"id": clock.new_id(), "code_digest": code_digest, "email": email, "ttl": int(until.timestamp())}
    key = keys.invitation(by, 0)
    table.write(
        table.put(keys.invited(code_digest)._asdict() | led),
        table.put(key._asdict() | item | times | attributes),
    )
    return key


def confirm(created: Answer, key: str | None = None, **changes: object) -> Answer:
    body = {"id": created.json["id"], "email": ADA["email"], "code": "123456"}
    headers = {"Idempotency-Key": key} if key else {}
    return call(confirm_account.handler, body=body | changes, headers=headers)


def create(key: str | None = None, source: str = "203.0.113.7", **changes: object) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_account.handler, body=ADA | changes, headers=headers, source=source)


def signed_in(source: str = "203.0.113.7", **changes: object) -> Answer:
    credentials = {"email": ADA["email"], "password": ADA["password"]}
    return call(sign_in.handler, body=credentials | changes, source=source)


def claims_of(session: Answer) -> dict[str, str]:
    """As API Gateway reads them: all of them are text."""
    return {name: str(value) for name, value in _claims(session.json["access_token"]).items()}


def of_the_pool(refresh_token: str) -> str:
    """The user pool's refresh token behind ours."""
    return Session.of(refresh_token, datetime.now(UTC)).refresh_token


def mails() -> list[dict[str, Any]]:
    """That are wanted, and what they are to say."""
    return [table._unpacked(item) for item in stored() if item["sk"]["S"] == "MAIL"]


def everything() -> list[dict[str, Any]]:
    """All facts: the tries that a limit counts are none."""
    return [item for item in stored() if not item["pk"]["S"].startswith("LIMIT#")]


def stored() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return items
