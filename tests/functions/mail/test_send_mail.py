"""One mail for each cause, whatever comes twice, fails or gets lost."""

from datetime import timedelta

import boto3
import pytest
from time_machine import travel

from core import keys, mail, table, tokens
from mail import outbox, send_mail
from tests.functions.conftest import NOW
from tests.functions.mail.conftest import ADA, KIND, send, state, stored, want
from tests.functions.mail.office import DROPPED, LOST, Office
from tests.output import Output
from tests.racing import at_once

SES_IS_DOWN = (503, "ServiceUnavailable")
THROTTLED = (429, "TooManyRequestsException")


def test_sends_text_and_html_to_the_one_recipient(office: Office) -> None:
    assert send(want(token="s3cret"))

    [message], [asked] = office.taken, office.asked
    assert message["to"] == ADA == asked["Destination"]["ToAddresses"][0]
    assert message["from"] == "Polyfolio <hello@polyfolio.example>"
    assert message["subject"] == "Confirm your place on the waiting list"
    assert asked["ConfigurationSetName"] == "mail"
    for part, kind in zip(message.iter_parts(), ("text/plain", "text/html"), strict=True):
        assert part.get_content_type() == kind
        assert "https://polyfolio.example/app/waiting-list#s3cret" in part.get_content()


def test_ses_itself_takes_such_a_mail(cloud: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", cloud)
    boto3.client("sesv2").create_email_identity(EmailIdentity="hello@polyfolio.example")
    send_mail._ses.cache_clear()
    mail_id = want()

    assert send(mail_id)
    send_mail._ses.cache_clear()
    assert state(mail_id) == "sent"


def test_a_cause_mails_once_whatever_is_retried(office: Office) -> None:
    first = want()
    assert send(first)

    assert want() == first
    assert send(first)
    assert send(first)

    assert len(office.taken) == 1
    assert table.get(keys.mail(first), consistent=True) is None


def test_another_cause_recipient_or_kind_is_another_mail() -> None:
    assert len({want(), want(cause="2"), want(to="eve@example.org")}) == 3


def test_many_deliveries_at_once_send_one_mail(office: Office) -> None:
    mail_id = want()

    at_once(*[lambda: send(mail_id)] * 16)

    assert len(office.taken) == 1
    assert state(mail_id) == "sent"


def test_the_address_is_forgotten_once_the_mail_is_sent(office: Office, output: Output) -> None:
    send(want(token="s3cret"))

    assert office.taken
    for told in (str(stored()), output.text):
        assert ADA not in told
        assert "s3cret" not in told


def test_a_mail_that_is_not_sent_in_two_weeks_expires() -> None:
    item = table.get(keys.mail(want()))

    assert item
    assert item["ttl"] == int(NOW.timestamp()) + 14 * 86_400


@pytest.mark.parametrize("failure", [SES_IS_DOWN, THROTTLED])
def test_what_was_certainly_not_taken_waits_and_is_sent_later(
    office: Office, failure: tuple[int, str]
) -> None:
    mail_id = want()
    office.failures = [failure] * 3

    assert not send(mail_id)
    assert state(mail_id) == "waiting"
    assert send(mail_id)
    assert (state(mail_id), len(office.taken)) == ("sent", 1)


def test_a_short_throttling_is_waited_for(office: Office) -> None:
    mail_id = want()
    office.failures = [THROTTLED] * 2

    assert send(mail_id)
    assert len(office.taken) == 1


def test_nobody_there_to_take_it_is_not_a_mail_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9")
    send_mail._ses.cache_clear()
    mail_id = want()

    assert not send(mail_id)
    monkeypatch.undo()
    send_mail._ses.cache_clear()
    assert state(mail_id) == "waiting"
    assert not office.taken


@pytest.mark.parametrize("failure", [LOST, DROPPED])
def test_an_answer_lost_after_it_was_taken_is_no_second_mail(
    office: Office, failure: tuple[int, str], output: Output
) -> None:
    mail_id = want()
    office.failures = [failure]

    assert send(mail_id)
    assert send(mail_id)
    assert send(want())

    assert len(office.taken) == 1
    assert state(mail_id) == "unsure"
    assert any(line["level"] == "ERROR" for line in output.logged)


def test_a_mail_that_ses_cannot_read_is_refused_for_good(office: Office) -> None:
    mail_id = want()
    office.failures = [(400, "BadRequestException")]

    assert send(mail_id)
    assert send(mail_id)
    assert (state(mail_id), office.taken) == ("refused", [])


@pytest.mark.parametrize(
    "code", ["MessageRejected", "MailFromDomainNotVerifiedException", "NotFoundException"]
)
def test_what_is_wrong_with_us_is_no_fault_of_the_mail(office: Office, code: str) -> None:
    mail_id = want()
    office.failures = [(400, code)]

    assert not send(mail_id)
    assert state(mail_id) == "waiting"


def test_a_sender_that_died_may_have_sent_it(office: Office) -> None:
    mail_id = want()
    dying = outbox.waiting(mail_id, NOW)
    assert dying
    assert outbox.claim(dying, NOW)

    with travel(NOW + timedelta(minutes=1), tick=False):
        assert send(mail_id)  # it may be at it still
        assert state(mail_id) == "sending"
    with travel(NOW + timedelta(minutes=3), tick=False):
        assert send(mail_id)

    assert (state(mail_id), office.taken) == ("unsure", [])
    assert table.get(keys.mail(mail_id), consistent=True) is None


@pytest.mark.parametrize("mailing_list", [mail.EVERYTHING])
def test_suppressed_addresses_are_never_mailed(office: Office, mailing_list: str) -> None:
    table.write(mail.suppress(tokens.digest(ADA), mailing_list, "bounced", NOW))
    mail_id = want()

    assert send(mail_id)
    assert (state(mail_id), office.asked) == ("refused", [])
    assert send(want(to="eve@example.org"))
    assert len(office.taken) == 1


def test_a_broken_template_has_sent_nothing(office: Office) -> None:
    mail_id = want(kind="no-such-kind")

    assert not send(mail_id)
    assert (state(mail_id), office.asked) == ("waiting", [])


def test_a_mail_that_is_gone_is_nothing_to_do(office: Office) -> None:
    assert send("nobody")
    assert not office.asked


def test_what_is_no_address_is_not_even_wanted() -> None:
    with pytest.raises(ValueError, match="e-mail address"):
        mail.wanted(KIND, "ada@example.org\r\nBcc: eve@example.org", "1", NOW)
