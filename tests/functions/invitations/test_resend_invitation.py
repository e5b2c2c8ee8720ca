import pytest

from core import keys, table
from invitations import resend_invitation, revoke_invitation
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.invitations.conftest import ADDRESS, invite, later, mails, shown


def resend(by: Person, sent: Answer) -> Answer:
    return call(resend_invitation.handler, user=by.id, invitation_id=sent.json["id"])


def test_the_same_code_is_mailed_once_more(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = invite(alice, ADDRESS)
    later(monkeypatch, days=1, seconds=1)

    again = resend(alice, sent)

    assert again.status == 200
    assert again.json["mailed_at"] > sent.json["mailed_at"]
    assert again.json["expires_at"] == sent.json["expires_at"]
    assert len(mails()) == 2
    [code] = {each["values"]["code"] for each in mails()}
    assert shown(code).json["holds"]


def test_once_a_day(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = invite(alice, ADDRESS)

    refused = resend(alice, sent)

    assert refused.status == 429
    assert 86_000 < int(refused.headers["retry-after"]) <= 86_401
    later(monkeypatch, days=1, seconds=1)
    assert [resend(alice, sent).status for _ in range(2)] == [200, 429]


def test_an_address_is_written_to_three_times_in_all(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = invite(alice, ADDRESS)
    invite(bob, ADDRESS)
    later(monkeypatch, days=2)
    assert resend(alice, sent).status == 200
    later(monkeypatch, days=2)

    refused = resend(alice, sent)

    assert refused.status == 429
    assert int(refused.headers["retry-after"]) > 20 * 86_400
    assert len(mails()) == 3


def test_one_that_was_handed_on_cannot_be_mailed(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    given = invite(alice)
    later(monkeypatch, days=2)

    assert resend(alice, given).status == 409


def test_one_that_is_over_cannot_be_mailed(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    redeemed, revoked, expired = (invite(alice, f"{who}@example.org") for who in ("a1", "b2", "c3"))
    change = "SET redeemed_at = :at, redeemed_by = :by REMOVE email, #ttl"
    table.write(table.update(keys.invitation(alice.id, 0), change, at="2026-11-23T09:48:12.123Z", by=bob.id))
    call(revoke_invitation.handler, user=alice.id, invitation_id=revoked.json["id"])
    later(monkeypatch, days=2)
    assert [resend(alice, each).status for each in (redeemed, revoked)] == [409, 409]

    later(monkeypatch, days=29)
    assert resend(alice, expired).status == 409
    assert len(mails()) == 3


def test_others_invitations_are_not_there(alice: Person, bob: Person) -> None:
    sent = invite(alice, ADDRESS)

    assert resend(bob, sent).status == 404
    assert len(mails()) == 1
