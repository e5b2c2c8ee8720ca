import pytest

from core import keys, table
from invitations import limits, revoke_invitation
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.invitations.conftest import ADDRESS, invite, later, mails, shown, stored


def test_says_who_invites_and_why_and_that_it_holds(alice: Person) -> None:
    given = invite(alice, note="You should be here.")

    answer = shown(given.json["code"])

    assert answer.status == 200
    assert answer.json == {
        "holds": True,
        "state": "sent",
        "reason": None,
        "inviter": {"id": alice.id, "handle": "alice", "name": "Alice"},
        "note": "You should be here.",
        "expires_at": given.json["expires_at"],
        "is_mailed": False,
    }
    assert answer.headers["cache-control"] == "private, no-store"


def test_says_of_a_mailed_one_that_it_was_and_not_to_whom(alice: Person) -> None:
    invite(alice, ADDRESS)
    [mail] = mails()

    answer = shown(mail["values"]["code"])

    assert answer.json["is_mailed"]
    assert ADDRESS not in str(answer)


def test_each_reason_is_one_of_its_own(alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    redeemed, revoked, expired = (invite(alice) for _ in range(3))
    change = "SET redeemed_at = :at, redeemed_by = :by REMOVE #ttl"
    table.write(table.update(keys.invitation(alice.id, 0), change, at="2026-11-23T09:48:12.123Z", by=bob.id))
    call(revoke_invitation.handler, user=alice.id, invitation_id=revoked.json["id"])
    later(monkeypatch, days=30, seconds=1)

    answers = [shown(each.json["code"]).json for each in (redeemed, revoked, expired)]

    assert [each["state"] for each in answers] == ["redeemed", "revoked", "expired"]
    assert len({each["reason"] for each in answers}) == 3
    assert not any(each["holds"] for each in answers)
    assert {each["inviter"]["handle"] for each in answers} == {"alice"}
    assert "bob" not in str(answers)


def test_of_what_the_table_has_swept_the_reason_is_still_known(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = invite(alice)
    later(monkeypatch, days=31)
    table.write(table.delete(keys.invitation(alice.id, 0)))

    assert shown(given.json["code"]).json["state"] == "expired"


def test_one_of_somebody_who_has_left_does_not_hold(alice: Person) -> None:
    given = invite(alice)
    table.write(table.delete(keys.member(alice.id)))

    answer = shown(given.json["code"]).json

    assert (answer["holds"], answer["state"], answer["inviter"]) == (False, "revoked", None)


def test_one_of_somebody_who_is_suspended_does_not_hold_nor_name_them(alice: Person) -> None:
    given = invite(alice)
    table.write(table.update(keys.member(alice.id), "SET visibility = :hidden", hidden="hidden"))

    answer = shown(given.json["code"])

    assert (answer.json["holds"], answer.json["state"]) == (False, "revoked")
    assert "alice" not in str(answer)


@pytest.mark.parametrize("code", ["guess", "x" * 200, "INVITED#", "%00"])
def test_what_is_no_code_is_not_there(code: str) -> None:
    assert shown(code).status == 404


def test_guessing_is_limited_and_knowing_is_not(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    given = invite(alice)
    monkeypatch.setattr(limits, "GUESSES", limits.GUESSES._replace(times=3))

    assert [shown(f"guess {number}").status for number in range(5)] == [404, 404, 404, 429, 429]
    assert shown(given.json["code"]).status == 200


def test_to_know_a_code_costs_no_write(alice: Person) -> None:
    given = invite(alice)
    before = stored()

    shown(given.json["code"])

    assert stored() == before
