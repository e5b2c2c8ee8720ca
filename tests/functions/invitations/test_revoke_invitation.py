import pytest

from core import keys, table
from invitations import revoke_invitation
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.invitations.conftest import ADDRESS, free, invitations, invite, later, shown


def revoke(by: Person, sent: Answer) -> Answer:
    return call(revoke_invitation.handler, user=by.id, invitation_id=sent.json["id"])


def test_it_is_free_again_at_once_and_its_code_no_longer_good(alice: Person) -> None:
    given = invite(alice)

    assert revoke(alice, given).status == 204

    assert free(alice) == 10
    assert shown(given.json["code"]).json["state"] == "revoked"


def test_twice_is_as_once(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    given = invite(alice)
    revoke(alice, given)
    [before, *_] = invitations(alice)
    later(monkeypatch, hours=1)

    assert revoke(alice, given).status == 204
    assert invitations(alice)[0] == before


def test_one_that_was_redeemed_stays_so(alice: Person, bob: Person) -> None:
    given = invite(alice)
    change = "SET redeemed_at = :at, redeemed_by = :by REMOVE email, #ttl"
    table.write(table.update(keys.invitation(alice.id, 0), change, at="2026-11-23T09:48:12.123Z", by=bob.id))

    assert revoke(alice, given).status == 409
    assert shown(given.json["code"]).json["state"] == "redeemed"


def test_a_former_one_of_the_place_is_not_there(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVITATIONS_EACH", "1")
    former = invite(alice)
    revoke(alice, former)
    newer = invite(alice)

    assert revoke(alice, former).status == 404
    assert shown(newer.json["code"]).json["holds"]


def test_others_invitations_are_not_there(alice: Person, bob: Person) -> None:
    sent = invite(alice, ADDRESS)

    assert revoke(bob, sent).status == 404
    assert free(alice) == 9
