import pytest

from accounts import change_password, renew_session
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, create, signed_in
from tests.functions.accounts.pool import Pool

NEW = "another battery staple"


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def change(user: str, token: str | None = None, **changes: object) -> Answer:
    headers = {"authorization": f"Bearer {token or signed_in().json['access_token']}"}
    body = {"old_password": ADA["password"], "password": NEW}
    return call(change_password.handler, user=user, body=body | changes, headers=headers)


def test_sets_the_password_and_leaves_sessions(ada: str) -> None:
    session = signed_in().json

    assert change(ada, session["access_token"]).status == 204
    assert (signed_in(password=NEW).status, signed_in().status) == (201, 401)
    assert call(renew_session.handler, body={"refresh_token": session["refresh_token"]}).status == 201


def test_who_does_not_know_the_old_one_is_refused(pool: Pool, ada: str) -> None:
    pool.refusals["ChangePassword"] = ["NotAuthorizedException"]

    refused = change(ada, old_password="wrong horse battery")

    assert (refused.status, refused.pointers) == (422, ["/old_password"])
    assert signed_in().status == 201


def test_ten_tries_an_hour(pool: Pool, ada: str) -> None:
    pool.refusals["ChangePassword"] = ["NotAuthorizedException"] * 10
    token = signed_in().json["access_token"]

    assert [change(ada, token).status for _ in range(11)] == [422] * 10 + [429]


def test_a_fault_of_the_pool_is_not_told_as_a_wrong_password(pool: Pool, ada: str) -> None:
    pool.refusals["ChangePassword"] = ["ResourceNotFoundException"]

    assert change(ada).status == 500


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("password", "eleven char"),
        ("password", " at both the ends "),
        ("old_password", ""),
        ("email", "a@b.c"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(ada: str, field: str, wrong: str) -> None:
    refused = change(ada, **{field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert signed_in().status == 201


def test_without_an_authorizer_nothing_is_done(ada: str) -> None:
    body = {"old_password": ADA["password"], "password": NEW}

    assert ada
    assert call(change_password.handler, body=body).status == 500
    assert signed_in().status == 201
