"""Ten invitations for each member, a user pool that knows alice's address, and mails as they are wanted."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, table
from invitations import create_invitation, get_invitation, list_invitations
from tests.cloud import Answer, call
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person

ADDRESS = "grace@example.org"


@pytest.fixture(autouse=True)
def pool(user_pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setenv("INVITATIONS_EACH", "10")
    user_pool.empty()
    return user_pool


def invite(by: Person, email: str | None = None, key: str | None = None, note: str = "") -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"email": email, "note": note} if email else {"note": note}
    return call(create_invitation.handler, user=by.id, body=body, headers=headers)


def invitations(of: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = call(list_invitations.handler, user=of.id).json["items"]
    return items


def free(of: Person) -> int:
    return int(call(list_invitations.handler, user=of.id).json["free"])


def shown(code: str) -> Answer:
    return call(get_invitation.handler, code=code)


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    """All that looks at the clock sees it so much later than it is by now."""
    then = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "now", lambda: then)


def stored(prefix: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return [table._unpacked(item) for item in items if item["pk"]["S"].startswith(prefix)]


def mails() -> list[dict[str, Any]]:
    return [item for item in stored("MAIL#") if item["sk"] == "MAIL"]
