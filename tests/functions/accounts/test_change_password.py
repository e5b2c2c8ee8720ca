import pytest

from accounts import change_password, list_sessions, renew_session
from core import standing
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, claims_of, create, mails, signed_in
from tests.functions.accounts.pool import Pool

NEW = "another battery staple"


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def change(user: str, session: Answer | None = None, **changes: object) -> Answer:
    session = session or signed_in()
    headers = {"authorization": f"Bearer {session.json['access_token']}"}
    body = {"old_password": ADA["password"], "password": NEW} | changes
    claims = claims_of(session)
    return call(change_password.handler, user=user, body=body, headers=headers, claims=claims)


def renewed(session: Answer) -> int:
    return call(renew_session.handler, body={"refresh_token": session.json["refresh_token"]}).status


def test_sets_the_password(ada: str) -> None:
    assert change(ada).status == 204
    assert (signed_in(password=NEW).status, signed_in().status) == (201, 401)


def test_the_owner_is_told_by_one_mail_for_each_change(ada: str) -> None:
    change(ada)
    [notice] = mails()
    change(ada, signed_in(password=NEW), old_password=NEW, password=ADA["password"])

    assert (notice["kind"], notice["to"]) == ("password-changed", ADA["email"])
    assert notice["values"].keys() == {"at"}
    assert [each["to"] for each in mails()] == [ADA["email"]] * 2


def test_where_the_password_stays_nobody_is_told(pool: Pool, ada: str) -> None:
    session = signed_in()
    for operation, refusal in (
        ("ChangePassword", "NotAuthorizedException"),
        ("ChangePassword", "InvalidPasswordException"),
        ("ChangePassword", "ResourceNotFoundException"),
        ("AdminGetUser", "ResourceNotFoundException"),
    ):
        pool.refusals[operation] = [refusal]
        assert change(ada, session).status >= 400

    assert mails() == []
    assert signed_in().status == 201


def test_who_has_left_in_the_meantime_changes_nothing(pool: Pool, ada: str) -> None:
    session = signed_in()
    pool.empty()

    assert change(ada, session).status == 401
    assert mails() == []


def test_ends_all_sessions_but_this_one(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()

    assert change(ada, here).status == 204

    assert (renewed(here), renewed(elsewhere)) == (201, 401)


def test_access_tokens_of_other_sessions_end_too(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()
    earlier = str(int(claims_of(elsewhere)["iat"]) - 2)
    change(ada, here)
    standing.forget()

    def listed(session: Answer) -> int:
        return call(list_sessions.handler, user=ada, claims=claims_of(session) | {"iat": earlier}).status

    assert (listed(here), listed(elsewhere)) == (200, 401)


def test_a_personal_access_token_changes_no_password(ada: str) -> None:
    claims = claims_of(signed_in()) | {"username": f"{ada}:01TOKEN:read+write"}
    body = {"old_password": ADA["password"], "password": NEW}

    refused = call(
        change_password.handler, user=ada, body=body, claims=claims, headers={"authorization": "x"}
    )

    assert refused.status == 403
    assert signed_in().status == 201


def test_who_does_not_know_the_old_one_is_refused(pool: Pool, ada: str) -> None:
    pool.refusals["ChangePassword"] = ["NotAuthorizedException"]

    refused = change(ada, old_password="wrong horse battery")

    assert (refused.status, refused.pointers) == (422, ["/old_password"])
    assert signed_in().status == 201


def test_ten_tries_an_hour(pool: Pool, ada: str) -> None:
    pool.refusals["ChangePassword"] = ["NotAuthorizedException"] * 10
    session = signed_in()

    assert [change(ada, session).status for _ in range(11)] == [422] * 10 + [429]


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
    refused = change(ada, None, **{field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert signed_in().status == 201


def test_without_an_authorizer_nothing_is_done(ada: str) -> None:
    body = {"old_password": ADA["password"], "password": NEW}

    assert ada
    assert call(change_password.handler, body=body).status == 500
    assert signed_in().status == 201
