import pytest

from accounts import sign_in
from tests.cloud import call, event
from tests.functions.accounts.conftest import create, signed_in
from tests.functions.accounts.pool import Pool


@pytest.fixture(autouse=True)
def _account(_admission: None) -> None:
    create()


def test_gives_an_access_token_and_a_refresh_token() -> None:
    session = signed_in()

    assert session.status == 201
    assert session.json.keys() == {"access_token", "expires_in", "token_type", "refresh_token"}
    assert (session.json["token_type"], session.json["expires_in"]) == ("Bearer", 3600)
    assert session.json["refresh_token"]
    assert session.cookies == []
    assert session.headers["cache-control"] == "private, no-store"


def test_a_browsers_refresh_token_is_in_a_cookie_alone() -> None:
    session = signed_in(refresh_token_in="cookie")

    [cookie] = session.cookies
    pair, *limits = cookie.split("; ")
    assert session.json["refresh_token"] is None
    assert pair.partition("=")[0] == "__Secure-refresh"
    assert len(pair) > len("__Secure-refresh=") + 8
    assert limits == ["Path=/v1/sessions", "Max-Age=2592000", "HttpOnly", "Secure", "SameSite=Strict"]


def test_an_address_is_one_whatever_its_case() -> None:
    assert signed_in(email=" Ada@EXAMPLE.org").status == 201


def test_a_wrong_password_and_an_unknown_address_are_answered_with_the_same_bytes() -> None:
    bodies = [
        {"email": "ada@example.org", "password": "wrong horse battery"},
        {"email": "eve@example.org", "password": "correct horse battery"},
    ]

    wrong, unknown = (
        sign_in.handler(event(sign_in.handler, None, body, None, None, False, {}), None) for body in bodies
    )

    assert wrong["statusCode"] == 401
    assert wrong == unknown


@pytest.mark.parametrize(
    "code", ["UserNotFoundException", "UserNotConfirmedException", "PasswordResetRequiredException"]
)
def test_whatever_the_pool_says_of_an_address_the_answer_is_the_same(pool: Pool, code: str) -> None:
    wrong = signed_in(password="wrong horse battery")
    pool.refusals["InitiateAuth"] = [code]

    assert signed_in() == wrong


def test_white_space_in_a_password_counts() -> None:
    assert signed_in(password="correct horse battery ").status == 401


def test_too_many_tries_are_told_how_long_to_wait(pool: Pool) -> None:
    pool.refusals["InitiateAuth"] = ["LimitExceededException"]

    refused = signed_in()

    assert (refused.status, refused.headers["retry-after"]) == (429, "60")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("email", ""),
        ("email", "x" * 243 + "@example.org"),
        ("email", "no address"),
        ("password", ""),
        ("password", "x" * 257),
        ("password", None),
        ("refresh_token_in", "local-storage"),
        ("device", "mine"),
    ],
)
def test_bad_input_names_the_field_and_asks_the_pool_for_nothing(pool: Pool, field: str, wrong: str) -> None:
    before = len(pool.calls)

    refused = signed_in(**{field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert len(pool.calls) == before


def test_an_account_that_must_take_a_new_password_is_no_fault(pool: Pool) -> None:
    wrong = signed_in(password="wrong horse battery")
    pool.challenged = True

    assert signed_in() == wrong


def test_the_26th_try_in_an_hour_waits_and_those_of_other_addresses_do_not() -> None:
    tries = [signed_in(password="wrong horse battery").status for _ in range(25)]

    refused = signed_in()

    assert set(tries) == {401}
    assert refused.status == 429
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert signed_in(email="eve@example.org").status == 401


def test_a_fault_of_the_pool_is_not_told_as_wrong_credentials(pool: Pool) -> None:
    pool.refusals["InitiateAuth"] = ["ResourceNotFoundException"]

    assert signed_in().status == 500


def test_needs_both() -> None:
    assert call(sign_in.handler, body={}).pointers == ["/email", "/password"]
