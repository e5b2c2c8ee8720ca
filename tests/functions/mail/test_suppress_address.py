"""What comes back: each event suppresses the address that the message went to, or nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from time_machine import travel

from core import keys, table, tokens
from mail import suppress_address
from tests.functions.conftest import NOW
from tests.functions.mail.conftest import ADA, send, state, stored, want
from tests.functions.mail.office import Office
from tests.output import Output

EVE = "eve@example.org"


def bounced(message: str, to: str = ADA, kind: str = "Permanent") -> dict[str, Any]:
    """As SES says it, with much that we do not read."""
    bounce = {"bounceType": kind, "bounceSubType": "General", "bouncedRecipients": [{"emailAddress": to}]}
    return {"eventType": "Bounce", "bounce": bounce, "mail": _mail(message, to)}


def complained(message: str, to: str = ADA, kind: str | None = "abuse") -> dict[str, Any]:
    complaint = {"complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": kind}
    return {"eventType": "Complaint", "complaint": complaint, "mail": _mail(message, to)}


def _mail(message: str, to: str) -> dict[str, Any]:
    return {"messageId": message, "timestamp": NOW.isoformat(), "destination": [to]}


def hear(detail: dict[str, Any]) -> bool:
    record = {"messageId": "1", "body": json.dumps({"source": "aws.ses", "detail": detail})}
    return not suppress_address.handler({"Records": [record]}, None)["batchItemFailures"]


def is_suppressed(address: str = ADA) -> bool:
    return table.get(keys.suppressed(tokens.digest(address)), consistent=True) is not None


@pytest.fixture
def message(office: Office) -> str:
    """The id of a message that was sent to ada."""
    assert send(want())
    return f"message-{len(office.taken)}"


def test_an_address_that_bounced_for_good_is_mailed_no_more(office: Office, message: str) -> None:
    assert hear(bounced(message))

    mail_id = want(cause="2")
    assert send(mail_id)
    assert (state(mail_id), len(office.taken)) == ("refused", 1)


def test_nor_is_one_whose_owner_complained(message: str) -> None:
    assert hear(complained(message))
    assert is_suppressed()


@pytest.mark.parametrize("kind", ["Transient", "Undetermined"])
def test_a_full_mailbox_is_no_reason(message: str, kind: str) -> None:
    assert hear(bounced(message, kind=kind))
    assert not is_suppressed()


def test_nor_is_somebody_who_says_that_it_is_no_spam(message: str) -> None:
    assert hear(complained(message, kind="not-spam"))
    assert not is_suppressed()


def test_twice_late_and_in_any_order_is_as_once(message: str) -> None:
    with travel(NOW + timedelta(days=60), tick=False):
        for each in (complained(message), bounced(message), bounced(message, kind="Transient")):
            assert hear(each)

    assert is_suppressed()
    assert len([item for item in stored() if item["pk"]["S"].startswith("SUPPRESSED#")]) == 1


def test_nobody_is_silenced_by_a_complaint_about_another_s_mail(message: str) -> None:
    assert hear(complained(message, to=EVE))

    assert not is_suppressed(EVE)
    assert not is_suppressed(ADA)


def test_a_message_that_we_never_sent_silences_nobody() -> None:
    with travel(NOW + timedelta(hours=1), tick=False):
        assert hear(bounced("forged"))

    assert not is_suppressed()


def test_a_bounce_that_is_faster_than_our_own_note_comes_again() -> None:
    with travel(NOW + timedelta(seconds=1), tick=False):
        assert not hear(bounced("a-moment-ago"))


def test_the_address_is_found_however_it_comes_back(message: str) -> None:
    assert hear(bounced(message, to="Ada <ADA@Example.org>"))
    assert is_suppressed()


def test_only_a_digest_is_kept_and_nothing_is_logged(message: str, output: Output) -> None:
    hear(bounced(message))
    hear({"bounce": {"bouncedRecipients": [{"emailAddress": ADA}]}, "mail": {"messageId": message}})

    assert "example.org" not in str(stored())
    assert "example.org" not in output.text


def test_nothing_else_is_touched(message: str) -> None:
    before = stored()

    hear(complained(message))

    assert [item for item in stored() if not item["pk"]["S"].startswith("SUPPRESSED#")] == before
