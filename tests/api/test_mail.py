"""Mails on the deployed app: from a fact in the table to the emulator's post office."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from core import keys, mail, table, tokens
from infra.local.deploy import client
from mail import unsubscribing
from tests.api.conftest import Deployed
from tests.api.post import all_mailed

pytestmark = pytest.mark.api

_NAMES = ("TABLE_NAME", "SIGNING_SECRET", "SITE_ADDRESS")


@pytest.fixture(autouse=True)
def _acting_as_the_app(deployed: Deployed) -> Iterator[None]:
    """What functions know, so that facts can be written as they write them."""
    told = client(deployed.cloud, "lambda").get_function_configuration(
        FunctionName="polyfolio-local-send_mail"
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in _NAMES:
            patch.setenv(name, told["Environment"]["Variables"][name])
        table._name.cache_clear()
        yield
    table._name.cache_clear()


def want(to: str) -> str:
    """The mail's id."""
    table.write(mail.wanted("waitlist-confirmation", to, "1", datetime.now(UTC), token="t0ken"))
    return mail.id_of("waitlist-confirmation", to, "1")


def state(mail_id: str) -> str:
    found = table.get(keys.delivery(mail_id), consistent=True)
    return str(found["state"]) if found else "waiting"


def settled(mail_id: str) -> str:
    until = time.monotonic() + 60
    while state(mail_id) in ("waiting", "sending") and time.monotonic() < until:
        time.sleep(0.2)
    return state(mail_id)


def test_a_fact_becomes_a_mail_and_the_address_goes(deployed: Deployed) -> None:
    mail_id = want("mail-once@example.org")

    assert settled(mail_id) == "sent"
    [message] = all_mailed(deployed.cloud, "mail-once@example.org")
    assert message["Subject"] == "Confirm your place on the waiting list"
    assert "/app/waiting-list#t0ken" in message["BodyText"]
    assert table.get(keys.mail(mail_id), consistent=True) is None


def test_a_mail_program_unsubscribes_without_a_login(visitor: httpx.Client) -> None:
    digest = tokens.digest("mail-ended@example.org")
    _, address = unsubscribing.addresses(digest, "news")

    done = visitor.post(httpx.URL(address).path, data={"List-Unsubscribe": "One-Click"})

    assert done.status_code == 204
    found = table.get(keys.suppressed(digest, "news"), consistent=True)
    assert found
    assert found["why"] == "unsubscribed"


def test_nobody_is_unsubscribed_by_a_made_up_link(visitor: httpx.Client) -> None:
    assert visitor.post("/v1/unsubscriptions/" + "A" * 124).status_code == 404
