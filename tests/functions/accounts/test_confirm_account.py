"""Sign-up by an invitation that was handed on: its address is proven by a code of the pool's."""

from datetime import timedelta
from functools import partial

import pytest

from accounts import confirm_account, store
from core import clock, keys, table
from core.clock import new_id
from members import change_handle, get_me, get_member
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, confirm, create, everything, invite, signed_in
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person, join
from tests.racing import at_once

LINK = "handed-on"
TALK = {"email": "ada@example.org", "code": LINK}


@pytest.fixture(autouse=True)
def invitation(alice: Person) -> keys.Key:
    return invite(alice.id, LINK)


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    """All that looks at the clock sees it so much later."""
    then = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "now", lambda: then)


def test_an_account_is_there_once_its_address_is_proven(pool: Pool, invitation: keys.Key) -> None:
    created = create(code=LINK)

    assert (created.status, created.json["confirmed"]) == (201, False)
    assert call(get_member.handler, public=True, handle="ada").status == 404
    assert call(get_me.handler, user=created.json["id"]).status == 404
    assert signed_in().status == 401
    assert "redeemed_at" not in (table.get(invitation) or {})

    confirmed = confirm(created)

    assert confirmed.status == 201
    assert confirmed.json == created.json | {"confirmed": True}
    assert call(get_member.handler, public=True, handle="ada").json["id"] == created.json["id"]
    assert signed_in().status == 201
    assert pool.members == {"ada@example.org": created.json["id"]}
    assert (table.get(invitation) or {})["redeemed_by"] == created.json["id"]


def test_an_invitation_mailed_to_the_address_proves_it(pool: Pool, bob: Person) -> None:
    key = invite(bob.id, "mailed", ADA["email"])

    created = create(code="mailed")

    assert (created.status, created.json["confirmed"]) == (201, True)
    assert pool.confirmations == {}
    assert signed_in().status == 201
    assert not (table.get(key) or {}).keys() & {"email", "ttl"}


def test_an_invitation_mailed_to_another_address_proves_nothing(pool: Pool, bob: Person) -> None:
    invite(bob.id, "mailed", "grace@example.org")

    created = create(code="mailed")

    assert created.json["confirmed"] is False
    assert pool.members == {}
    assert confirm(created).status == 201


@pytest.mark.parametrize(
    "changes",
    [{"code": "123457"}, {"email": "eve@example.org"}, {"id": new_id()}],
    ids=["code", "address", "id"],
)
def test_a_wrong_code_address_and_id_are_refused_in_the_same_words(changes: dict[str, str]) -> None:
    created = create(code=LINK)

    refused = confirm(created, **changes)

    assert refused.status == 403
    assert refused.json == confirm(created, code="999999").json
    assert call(get_me.handler, user=created.json["id"]).status == 404


def test_a_code_can_be_guessed_at_few_times() -> None:
    created = create(code=LINK)

    statuses = [confirm(created, code=f"00000{guess}").status for guess in range(6)]

    assert statuses == [403] * 5 + [429]


def test_the_code_that_another_try_mailed_does_not_open_somebody_elses_account(
    pool: Pool, bob: Person
) -> None:
    """An attacker who signs up with this address, and waits for its owner to type in what comes by mail."""
    own, invitation = create(code=LINK), invite(bob.id, "attack")
    attack = create(code="attack", handle="evil", password="known to the attacker")
    pool.confirmations[attack.json["id"]] = "222222"

    assert confirm(own, code="222222").status == 403
    assert confirm(own).status == 201
    assert signed_in(password="known to the attacker").status == 401
    assert "redeemed_at" not in (table.get(invitation) or {})


def test_an_address_that_has_an_account_gets_no_second_one(pool: Pool, alice: Person) -> None:
    """Nor does anybody learn of it who cannot read its mail."""
    first = create()
    second = create(code=LINK, handle="ada-2", password="another battery staple")

    refused = confirm(second)

    assert (second.status, second.json["confirmed"]) == (201, False)
    assert refused.status in (403, 409)
    assert pool.members == {"ada@example.org": first.json["id"]}
    assert signed_in(password="another battery staple").status == 401
    assert call(get_member.handler, public=True, handle="ada-2").status == 404
    assert create(code=LINK, email="grace@example.org", handle="grace").status == 201
    assert alice.id != first.json["id"]


def test_a_mailed_invitation_to_a_member_tells_them_that_they_are_one(pool: Pool, bob: Person) -> None:
    first, invitation = create(), invite(bob.id, "mailed", ADA["email"])

    refused = create(code="mailed", handle="ada-2", password="another battery staple")

    assert refused.status == 409
    assert "Sign in" in refused.json["detail"]
    assert pool.users == {first.json["id"]: "ada@example.org"}
    assert signed_in(password="another battery staple").status == 401
    assert "redeemed_at" not in (table.get(invitation) or {})


def test_a_code_that_was_redeemed_revoked_or_has_expired_says_so(alice: Person, bob: Person) -> None:
    invite(alice.id, "used", redeemed_at="2026-11-23T09:48:12.123Z")
    invite(bob.id, "back", revoked_at="2026-11-23T09:48:12.123Z")
    answers = [create(code="used"), create(code="back")]
    invite(bob.id, "late", days=0)
    answers.append(create(code="late"))

    assert [each.status for each in answers] == [409, 403, 403]
    assert [
        next(word for word in ("used", "revoked", "expired") if word in each.json["detail"])
        for each in answers
    ] == ["used", "revoked", "expired"]


def test_a_place_that_serves_another_invitation_by_now_does_not_hold_the_former(alice: Person) -> None:
    invite(alice.id, "newer")

    assert create(code=LINK).status == 403
    assert create(code="newer").status == 201


def test_an_invitation_of_somebody_who_is_suspended_is_not_good(alice: Person) -> None:
    table.write(table.update(keys.member(alice.id), "SET visibility = :hidden", hidden="hidden"))

    assert create(code=LINK).status == 403


def test_an_invitation_of_somebody_who_has_left_is_not_good(alice: Person) -> None:
    table.write(table.delete(keys.member(alice.id)))

    assert create(code=LINK).status == 403


def test_an_invitation_that_is_revoked_before_the_confirmation_opens_nothing(
    pool: Pool, invitation: keys.Key
) -> None:
    created = create(code=LINK)
    table.write(table.update(invitation, "SET revoked_at = :at", at="2026-11-23T09:48:12.123Z"))

    refused = confirm(created)

    assert (refused.status, "revoked" in refused.json["detail"]) == (403, True)
    assert call(get_me.handler, user=created.json["id"]).status == 404
    assert pool.users == {}


def test_one_that_expires_in_between_is_kept_for_who_has_begun(
    monkeypatch: pytest.MonkeyPatch, alice: Person
) -> None:
    key = invite(alice.id, "late", days=1)
    later(monkeypatch, hours=23)
    created = create(code="late")
    later(monkeypatch, hours=12)

    assert create(code="late", handle="ada-2").status == 403
    assert confirm(created).status == 201
    assert "ttl" not in (table.get(key) or {})


def test_nothing_is_held_for_ever_by_who_never_confirms(
    monkeypatch: pytest.MonkeyPatch, bob: Person, pool: Pool
) -> None:
    """The invitation not even now, the handle for a day; whether the table sweeps it then does not matter."""
    abandoned = create(code=LINK)
    assert call(change_handle.handler, user=bob.id, body={"handle": "ada"}).status == 409
    assert create(code=ADA["code"], email=ADA["email"]).status == 409

    later(monkeypatch, hours=25)

    assert confirm(abandoned).status == 403
    assert call(change_handle.handler, user=bob.id, body={"handle": "ada"}).status == 200
    assert create(code=LINK, email="grace@example.org", handle="grace").status == 201
    assert pool.members == {}


def test_who_mistyped_their_address_begins_again_with_the_same_code() -> None:
    mistyped = create(code=LINK, email="adda@example.org")

    created = create(code=LINK)

    assert created.status == 201
    assert confirm(mistyped, email="adda@example.org").status == 403
    assert confirm(created).status == 201
    assert call(get_member.handler, public=True, handle="ada").json["id"] == created.json["id"]


def test_one_code_holds_one_handle_at_a_time(bob: Person) -> None:
    create(code=LINK, handle="first-choice")
    create(code=LINK, handle="second-choice")

    assert call(change_handle.handler, user=bob.id, body={"handle": "first-choice"}).status == 200
    assert call(change_handle.handler, user=bob.id, body={"handle": "second-choice"}).status == 409


def test_a_handle_that_is_held_is_nobodys_yet(alice: Person) -> None:
    create(code=LINK)

    assert call(get_member.handler, user=alice.id, handle="ada").status == 404
    assert call(get_member.handler, public=True, handle="ada").status == 404


def test_a_try_that_was_cut_off_after_the_pool_took_the_code_is_finished_by_the_next(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = create(code=LINK)
    with monkeypatch.context() as patch:
        patch.setattr(store, "finish", lambda *_: 1 / 0)
        assert confirm(created).status == 500

    assert confirm(created).status == 201
    assert pool.members == {"ada@example.org": created.json["id"]}


def test_a_repeat_with_its_key_is_answered_as_the_first() -> None:
    created = create(code=LINK)
    first = confirm(created, key="k1")

    assert confirm(created, key="k1") == first
    assert confirm(created).status == 403
    assert signed_in().status == 201


def test_the_same_code_at_once_confirms_once(pool: Pool) -> None:
    created = create(code=LINK)

    answers = at_once(*[partial(confirm, created)] * 5)

    assert [each.status for each in answers].count(201) == 1
    assert pool.members == {"ada@example.org": created.json["id"]}
    assert signed_in().status == 201


def test_an_operators_admission_is_never_confirmed_this_way() -> None:
    """Its address is proven; nothing that a mailed code could add."""
    assert confirm(create()).status == 403


def test_few_codes_are_mailed_to_an_address_whoever_asks() -> None:
    statuses = [create(code=LINK, handle=f"ada-{number}x").status for number in range(6)]

    assert statuses == [201] * 5 + [429]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("id", "x"), ("email", "ada"), ("code", "12345"), ("code", "1234567"), ("code", "12345a"), ("who", "x")],
)
def test_bad_input_names_the_field(field: str, wrong: str) -> None:
    body = {"id": new_id(), "email": ADA["email"], "code": "123456"}

    refused: Answer = call(confirm_account.handler, body=body | {field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])


def test_of_many_with_one_invitation_one_gets_in_and_no_handle_is_lost(pool: Pool, alice: Person) -> None:
    people = [join("carol"), alice]
    names = [f"guest-{letter}" for letter in "abcdefgh"]
    tries = [partial(create, code=LINK, email=f"{name}@example.org", handle=name) for name in names]

    answers = at_once(*tries)

    created = [each for each in answers if each.status == 201]
    confirmed = [confirm(each, email=f"{each.json['handle']}@example.org") for each in created]
    [won] = [each for each in confirmed if each.status == 201]
    assert {each.status for each in answers} <= {201, 409}
    assert list(pool.members.values()) == [won.json["id"]]
    profiles = [item for item in everything() if item["sk"]["S"] == "PROFILE"]
    assert {each["id"]["S"] for each in profiles} == {won.json["id"], *(each.id for each in people)}
