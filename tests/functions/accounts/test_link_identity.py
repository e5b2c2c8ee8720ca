from datetime import UTC, datetime, timedelta

import pytest

from accounts import list_identities
from tests.cloud import Answer, call
from tests.functions.accounts import federation
from tests.functions.accounts.conftest import ADA, admit, claims_of, create, mails, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.provider import Provider
from tests.racing import at_once


@pytest.fixture(autouse=True)
def ada(_admission: None) -> str:
    return str(create().json["id"])


@pytest.fixture
def claims() -> dict[str, str]:
    return claims_of(signed_in())


def eve() -> dict[str, str]:
    """Another member."""
    admit("eve@example.org", "eves-code")
    create(email="eve@example.org", code="eves-code", handle="eve")
    return claims_of(signed_in(email="eve@example.org"))


def listed(claims: dict[str, str]) -> Answer:
    return call(list_identities.handler, user="-", claims=claims)


def test_from_then_on_it_signs_in(google: Provider, claims: dict[str, str], ada: str) -> None:
    assert federation.signs_in(google, "subject-1").status == 403

    linked = federation.link(claims, federation.proof(google, "subject-1"))

    assert (linked.status, linked.json["provider"]) == (201, "google")
    assert listed(claims).json["items"] == [linked.json]
    assert federation.there_and_back(google, "subject-1").json["linked"]
    session = federation.signs_in(google, "subject-1")
    assert session.status == 201
    assert claims_of(session)["username"] == ada


def test_what_is_kept_of_it_leads_to_no_account_elsewhere(google: Provider, claims: dict[str, str]) -> None:
    federation.link(claims, federation.proof(google, "subject-1"))

    assert "subject-1" not in str(stored())
    assert google.issuer not in str(stored())


def test_the_owner_hears_of_it_by_mail(google: Provider, claims: dict[str, str]) -> None:
    federation.link(claims, federation.proof(google, "subject-1"))

    [told] = [each for each in mails() if each["kind"] == "identity-linked"]
    assert (told["to"], told["values"]["provider"]) == ("ada@example.org", "Google")


def test_a_stranger_with_the_same_address_there_gets_nothing(
    google: Provider, claims: dict[str, str]
) -> None:
    """The provider says that ada@example.org is proven to be theirs; the subject is another."""
    federation.link(claims, federation.proof(google, "subject-1"))

    refused = federation.signs_in(google, "subject-2")

    assert refused.status == 403
    assert "No account here is linked" in refused.json["detail"]


def test_the_same_subject_of_another_provider_is_somebody_else(
    google: Provider, linkedin: Provider, claims: dict[str, str]
) -> None:
    federation.link(claims, federation.proof(google, "subject-1"))

    assert federation.signs_in(linkedin, "subject-1").status == 403


def test_a_proof_is_good_for_one_thing(google: Provider, claims: dict[str, str]) -> None:
    proof = federation.proof(google, "subject-1")
    assert federation.link(claims, proof).status == 201

    assert federation.link(eve(), proof).status == 403


def test_a_repeat_with_the_same_key_is_answered_as_before(google: Provider, claims: dict[str, str]) -> None:
    proof = federation.proof(google, "subject-1")

    answers = [federation.link(claims, proof, key="k") for _ in range(2)]

    assert [each.status for each in answers] == [201, 201]
    assert answers[0].json == answers[1].json


def test_nobody_takes_another_members(google: Provider, claims: dict[str, str]) -> None:
    federation.link(claims, federation.proof(google, "subject-1"))

    refused = federation.link(eve(), federation.proof(google, "subject-1"))

    assert (refused.status, "linked with a member" in refused.json["detail"]) == (409, True)
    assert listed(eve_again()).json["items"] == []


def eve_again() -> dict[str, str]:
    return claims_of(signed_in(email="eve@example.org"))


def test_of_many_members_who_link_the_same_at_once_one_has_it(
    google: Provider, claims: dict[str, str]
) -> None:
    others = eve()
    proofs = [federation.proof(google, "subject-1") for _ in range(2)]

    answers = at_once(lambda: federation.link(claims, proofs[0]), lambda: federation.link(others, proofs[1]))

    assert sorted(each.status for each in answers) == [201, 409]
    assert len([item for item in stored() if item["pk"]["S"].startswith("IDENTITY#")]) == 1


def test_there_is_one_with_each_provider(
    google: Provider, linkedin: Provider, claims: dict[str, str]
) -> None:
    first = federation.link(claims, federation.proof(google, "subject-1"))
    second = federation.link(claims, federation.proof(google, "subject-2"))
    other = federation.link(claims, federation.proof(linkedin, "subject-3"))

    assert (first.status, second.status, other.status) == (201, 409, 201)
    assert [each["provider"] for each in listed(claims).json["items"]] == ["google", "linkedin"]


def test_who_signed_in_a_while_ago_sends_the_password(google: Provider, claims: dict[str, str]) -> None:
    then = {"auth_time": str(int((datetime.now(UTC) - timedelta(minutes=6)).timestamp()))}
    proof = federation.proof(google, "subject-1")

    assert federation.link(claims | then, proof).status == 403
    assert federation.link(claims | then, proof, password="wrong horse battery").status == 403
    assert federation.link(claims | then, proof, password=ADA["password"]).status == 201


def test_a_personal_access_token_links_nothing(google: Provider, ada: str) -> None:
    robot = {"username": f"{ada}:01JDA0B1C2D3E4F5G6H7J8K9MN:read+write"}

    assert federation.link(robot, federation.proof(google, "subject-1")).status == 403


def test_what_was_never_proven_links_nothing(google: Provider, claims: dict[str, str]) -> None:
    begun = federation.begin(google).json
    state = google.signs_in(begun["address"], "subject-1")["state"]

    assert federation.link(claims, f"{state}.{begun['secret']}").status == 403
    assert federation.link(claims, f"{'0' * 64}.{'0' * 64}").status == 403
    assert federation.link(claims, "guessed").pointers == ["/identity"]


def test_who_is_shut_out_does_not_come_in_by_it(google: Provider, claims: dict[str, str], pool: Pool) -> None:
    federation.link(claims, federation.proof(google, "subject-1"))
    pool.answer("AdminDisableUser", {"UserPoolId": pool.id, "Username": claims["username"]})

    assert federation.signs_in(google, "subject-1").status == 401
