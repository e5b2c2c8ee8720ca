from datetime import datetime, timedelta

import pytest

from core import keys, table
from invitations import list_invitations, revoke_invitation
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.invitations.conftest import ADDRESS, free, invitations, invite, later, stored


def redeem(alice: Person, place: int, by: str) -> None:
    """As accounts/store.finish does."""
    change = "SET redeemed_at = :at, redeemed_by = :by REMOVE email, #ttl"
    table.write(table.update(keys.invitation(alice.id, place), change, at="2026-11-23T09:48:12.123Z", by=by))


def test_all_ten_are_free_at_first(alice: Person) -> None:
    listed = call(list_invitations.handler, user=alice.id).json

    assert listed["free"] == 10
    assert [each["state"] for each in listed["items"]] == ["free"] * 10


def test_what_was_sent_comes_first_and_says_to_whom_and_when(alice: Person) -> None:
    invite(alice)
    sent = invite(alice, ADDRESS, note="Come!").json

    first, second, *rest = invitations(alice)

    assert first == sent
    assert (second["state"], second["email"]) == ("sent", None)
    assert {each["state"] for each in rest} == {"free"}
    assert free(alice) == len(rest) == 8


def test_who_came_of_it_is_named_as_they_are_now(alice: Person, bob: Person) -> None:
    invite(alice, ADDRESS)
    redeem(alice, 0, bob.id)

    [first, *_] = invitations(alice)

    assert (first["state"], first["email"]) == ("redeemed", None)
    assert first["redeemed_at"] == "2026-11-23T09:48:12.123Z"
    assert first["member"] == {"id": bob.id, "handle": bob.handle, "name": "Bob-The-Builder"}
    assert free(alice) == 9


def test_who_came_and_left_is_not_named(alice: Person) -> None:
    invite(alice)
    redeem(alice, 0, "01ARZ3NDEKTSV4RRFFQ69G5FAV")

    [first, *_] = invitations(alice)

    assert (first["state"], first["member"]) == ("redeemed", None)


def test_an_expired_one_shows_no_address_any_more(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(alice, ADDRESS)
    later(monkeypatch, days=31)

    [first, *rest] = invitations(alice)

    assert (first["state"], first["email"]) == ("expired", None)
    assert (len(rest), free(alice)) == (9, 10)


def test_a_revoked_one_has_no_address_any_more(alice: Person) -> None:
    sent = invite(alice, ADDRESS)
    call(revoke_invitation.handler, user=alice.id, invitation_id=sent.json["id"])

    [first, *_] = invitations(alice)

    assert (first["state"], first["email"], free(alice)) == ("revoked", None, 10)
    assert not [item for item in stored("INVITATIONS#") if "email" in item]


def test_the_address_fades_with_the_invitation(alice: Person) -> None:
    sent = invite(alice, ADDRESS)

    [item] = stored("INVITATIONS#")
    assert item["ttl"] == int(datetime.fromisoformat(sent.json["expires_at"]).timestamp())
    assert datetime.fromisoformat(sent.json["expires_at"]) - datetime.fromisoformat(
        sent.json["sent_at"]
    ) == timedelta(days=30)


def test_others_are_not_seen(alice: Person, bob: Person) -> None:
    invite(alice, ADDRESS)

    assert free(bob) == 10
