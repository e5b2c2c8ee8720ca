import pytest

from core import tokens
from mail import composing, unsubscribe, unsubscribing
from tests.cloud import Answer, call, event
from tests.functions.mail.conftest import ADA, send, state, stored, want
from tests.functions.mail.office import Office


@pytest.fixture(autouse=True)
def _of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "mailing_list", lambda _: "news")


def link(to: str = ADA, mailing_list: str = "news") -> str:
    _, address = unsubscribing.addresses(tokens.digest(to), mailing_list)
    return address.rpartition("/")[2]


def end(token: str) -> Answer:
    return call(unsubscribe.handler, token=token)


def test_ends_the_mails_of_the_list_at_once(office: Office) -> None:
    assert end(link()).status == 204

    mail_id = want()
    assert send(mail_id)
    assert (state(mail_id), office.asked) == ("refused", [])


def test_the_link_stands_in_header_and_body(office: Office) -> None:
    send(want())

    [message] = office.taken
    assert message["list-unsubscribe"] == f"<https://polyfolio.example/v1/unsubscriptions/{link()}>"
    for part in message.iter_parts():
        assert f"https://polyfolio.example/unsubscribe#{link()}" in part.get_content()


def test_takes_what_mail_programs_post_without_a_login() -> None:
    request = event(unsubscribe.handler, None, None, None, None, False, {"token": link()})
    request["headers"]["content-type"] = "application/x-www-form-urlencoded"
    request |= {"body": "TGlzdC1VbnN1YnNjcmliZT1PbmUtQ2xpY2s=", "isBase64Encoded": True}

    assert unsubscribe.handler(request, None)["statusCode"] == 204


def test_other_lists_and_other_people_still_get_theirs(office: Office) -> None:
    end(link(mailing_list="digest"))
    end(link(to="eve@example.org"))

    assert send(want())
    assert len(office.taken) == 1


def test_twice_is_as_once() -> None:
    assert [end(link()).status for _ in range(2)] == [204, 204]
    assert len(stored()) == 1


def test_keeps_no_address() -> None:
    end(link())

    assert "example.org" not in str(stored())


@pytest.mark.parametrize("token", ["", "x", "A" * 124, "ü", link.__name__])
def test_a_link_that_is_not_ours_is_told_so(token: str) -> None:
    refused = end(token)

    assert refused.status == 404
    assert not stored()


def test_a_link_of_another_purpose_is_not_one() -> None:
    assert end(tokens.sign("waitlist", f"{tokens.digest(ADA)}:news")).status == 404
    assert end(link()[:-2] + "AA").status == 404
