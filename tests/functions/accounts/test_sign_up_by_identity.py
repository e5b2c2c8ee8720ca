"""POST /v1/accounts with the proof of a provider in the place of a password."""

from typing import Any

import pytest

from accounts import list_identities, sign_in
from core import keys, table
from tests.cloud import call
from tests.functions.accounts import federation
from tests.functions.accounts.conftest import (
    ADA,
    admit,
    claims_of,
    confirm,
    create,
    invite,
    signed_in,
    stored,
)
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import join
from tests.provider import Provider


def ways_in(member_id: str) -> Any:
    return table.get(keys.ways_in(member_id), consistent=True)


def test_account_and_link_are_one_outcome_and_the_same_proof_signs_in(google: Provider) -> None:
    proof = federation.proof(google, "subject-1")

    created = create(password=None, identity=proof)
    session = call(sign_in.handler, body={"identity": proof})

    assert (created.status, created.json["confirmed"], session.status) == (201, True, 201)
    assert claims_of(session)["username"] == created.json["id"]
    [linked] = call(list_identities.handler, user="-", claims=claims_of(session)).json["items"]
    assert linked["provider"] == "google"
    assert call(sign_in.handler, body={"identity": proof}).status == 403, "it was taken"


def test_it_takes_an_admission_as_any_other(google: Provider) -> None:
    refused = create(password=None, identity=federation.proof(google, "subject-1"), code="guessed")

    assert refused.status == 403
    assert not [item for item in stored() if item["pk"]["S"].startswith("IDENTITY#")]


def test_the_providers_word_for_an_address_proves_none(google: Provider, pool: Pool) -> None:
    """The code was handed on: so the address is proven by a mail, whatever the provider says of it."""
    inviter = join("inviter")
    invite(inviter.id, "handed-on")

    created = create(password=None, identity=federation.proof(google, "subject-1"), code="handed-on")

    assert (created.status, created.json["confirmed"]) == (201, False)
    assert federation.signs_in(google, "subject-1").status == 403
    assert confirm(created).status == 201
    assert claims_of(federation.signs_in(google, "subject-1"))["username"] == created.json["id"]
    assert pool.members == {ADA["email"]: created.json["id"]}


def test_what_fails_on_the_way_costs_neither_the_code_nor_the_proof(google: Provider) -> None:
    taken = join("taken")
    proof = federation.proof(google, "subject-1")

    assert create(password=None, identity=proof, handle=taken.handle).status == 409
    assert create(password=None, identity=proof).status == 201


def test_an_identity_that_is_linked_opens_no_second_account(google: Provider) -> None:
    proofs = [federation.proof(google, "subject-1") for _ in range(2)]
    create(password=None, identity=proofs[0])
    admit("eve@example.org", "eves-code")

    second = create(
        password=None, identity=proofs[1], email="eve@example.org", code="eves-code", handle="eve"
    )

    assert (second.status, "Sign in by it" in second.json["detail"]) == (409, True)
    assert create(email="eve@example.org", code="eves-code", handle="eve").status == 201, (
        "the code is still good"
    )


def test_of_two_sign_ups_that_wait_for_their_mail_one_has_the_identity(google: Provider) -> None:
    inviter = join("inviter")
    proofs = [federation.proof(google, "subject-1") for _ in range(2)]
    invite(inviter.id, "handed-on")
    waiting = create(
        password=None, identity=proofs[0], code="handed-on", email="eve@example.org", handle="eve"
    )
    assert create(password=None, identity=proofs[1]).status == 201

    refused = confirm(waiting, email="eve@example.org")

    assert (refused.status, "linked with a member" in refused.json["detail"]) == (409, True)
    assert table.get(keys.member(waiting.json["id"])) is None
    assert table.get(keys.member(inviter.id)) is not None


def test_a_password_is_noted_as_a_way_in_only_where_there_is_another(google: Provider) -> None:
    created = create(password=None, identity=federation.proof(google, "subject-1"))

    assert ways_in(created.json["id"])["password"] is False


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"password": None}, "/password"),
        ({"identity": f"{'0' * 64}.{'0' * 64}"}, "/identity"),
        ({"password": None, "identity": "guessed"}, "/identity"),
    ],
)
def test_it_is_a_password_or_an_identity(changes: dict[str, Any], pointer: str) -> None:
    refused = create(**changes)

    assert (refused.status, refused.pointers) == (422, [pointer])


@pytest.mark.parametrize("other", [{"email": "ada@example.org"}, {"password": "x"}, {"token": "x"}])
def test_a_sign_in_is_by_one_thing(other: dict[str, str]) -> None:
    refused = call(sign_in.handler, body={"identity": f"{'0' * 64}.{'0' * 64}"} | other)

    assert refused.status == 422


def test_nobody_knows_the_password_of_such_an_account(google: Provider) -> None:
    create(password=None, identity=federation.proof(google, "subject-1"))

    assert signed_in().status == 401
