from collections.abc import Callable

import pytest

from accounts import list_identities, request_password_reset, reset_password, unlink_identity
from tests.cloud import Answer, call
from tests.functions.accounts import federation
from tests.functions.accounts.conftest import ADA, claims_of, create, mails, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.provider import Provider
from tests.racing import at_once


def unlink(claims: dict[str, str], provider: str = "google") -> Answer:
    return call(unlink_identity.handler, user="-", claims=claims, provider=provider)


@pytest.fixture
def ada(google: Provider) -> dict[str, str]:
    """With a password, and linked."""
    create()
    claims = claims_of(signed_in())
    federation.link(claims, federation.proof(google, "subject-1"))
    return claims


@pytest.fixture
def without_password(google: Provider) -> dict[str, str]:
    """Signed up by a provider."""
    proof = federation.proof(google, "subject-1")
    create(password=None, identity=proof)
    return claims_of(federation.signs_in(google, "subject-1"))


def test_from_then_on_it_signs_nobody_in(google: Provider, ada: dict[str, str]) -> None:
    assert unlink(ada).status == 204

    assert federation.signs_in(google, "subject-1").status == 403
    assert call(list_identities.handler, user="-", claims=ada).json["items"] == []
    assert signed_in().status == 201
    assert not [item for item in stored() if item["pk"]["S"].startswith("IDENTITY#")]


def test_the_owner_hears_of_it_by_mail(ada: dict[str, str]) -> None:
    unlink(ada)

    assert [each["to"] for each in mails() if each["kind"] == "identity-unlinked"] == ["ada@example.org"]


def test_it_can_be_linked_again(google: Provider, ada: dict[str, str]) -> None:
    unlink(ada)

    assert federation.link(ada, federation.proof(google, "subject-1")).status == 201


def test_what_is_not_linked_is_not_there(ada: dict[str, str]) -> None:
    assert unlink(ada, "linkedin").status == 404
    assert (unlink(ada).status, unlink(ada).status) == (204, 404)


def test_the_last_way_in_stays(google: Provider, without_password: dict[str, str]) -> None:
    refused = unlink(without_password)

    assert (refused.status, "only way in" in refused.json["detail"]) == (409, True)
    assert federation.signs_in(google, "subject-1").status == 201


@pytest.mark.usefixtures("without_password")
def test_with_a_password_it_is_the_last_no_more(google: Provider, pool: Pool) -> None:
    call(request_password_reset.handler, body={"email": ADA["email"]})
    new = {"email": ADA["email"], "code": pool.codes[ADA["email"]], "password": "another long word"}
    assert call(reset_password.handler, body=new).status == 204

    assert unlink(claims_of(signed_in(password="another long word"))).status == 204

    assert federation.signs_in(google, "subject-1").status == 403


def test_of_the_last_two_taken_away_at_once_one_stays(
    linkedin: Provider, without_password: dict[str, str]
) -> None:
    assert federation.link(without_password, federation.proof(linkedin, "subject-2")).status == 201
    both: list[Callable[[], Answer]] = [
        lambda: unlink(without_password, "google"),
        lambda: unlink(without_password, "linkedin"),
    ]

    answers = at_once(*both)

    assert sorted(each.status for each in answers) == [204, 409]
    assert len(call(list_identities.handler, user="-", claims=without_password).json["items"]) == 1
