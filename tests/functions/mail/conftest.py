"""Mails on their way: wanted, tried, and seen to arrive."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from core import keys, mail, table
from mail import send_mail
from tests.functions.conftest import NOW
from tests.functions.mail.office import Office, served

ADA = "ada@example.org"
KIND = "waitlist-confirmation"


@pytest.fixture(scope="session")
def _office() -> Iterator[Office]:
    office = Office()
    with served(office) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_SESV2", address)
        send_mail._ses.cache_clear()
        yield office
        send_mail._ses.cache_clear()


@pytest.fixture
def office(cloud: str, _office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:  # noqa: ARG001
    monkeypatch.setattr(time, "sleep", lambda _: None)
    _office.asked, _office.taken, _office.failures = [], [], []
    return _office


def want(to: str = ADA, kind: str = KIND, cause: str = "1", **values: Any) -> str:
    """The mail's id."""
    table.write(mail.wanted(kind, to, cause, NOW, **({"token": "t0ken"} | values)))
    return mail.id_of(kind, to, cause)


def send(mail_id: str) -> bool:
    """What its event leads to; whether the queue is done with it."""
    detail = {"mail_id": mail_id, "version": 1}
    record = {"messageId": "1", "body": json.dumps({"detail": detail})}
    return not send_mail.handler({"Records": [record]}, None)["batchItemFailures"]


def state(mail_id: str) -> str:
    delivery = table.get(keys.delivery(mail_id), consistent=True)
    if delivery:
        return str(delivery["state"])
    return "waiting" if table.get(keys.mail(mail_id), consistent=True) else "nothing"


def stored() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = table.dynamodb.call("Scan", {"TableName": "unit"})["Items"]
    return items
