import pytest

from accounts import renew_session
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import create, signed_in
from tests.functions.accounts.pool import Pool


@pytest.fixture(autouse=True)
def _account(_admission: None) -> None:
    create()


def renew(token: str | None = None, cookie: str | None = None) -> Answer:
    headers = {"cookie": f"theme=dark; __Secure-refresh={cookie}"} if cookie else {}
    body = {"refresh_token": token} if token else {}
    return call(renew_session.handler, body=body, headers=headers)


def test_a_refresh_token_in_the_body_gives_another_access_token() -> None:
    first = signed_in()

    renewed = renew(first.json["refresh_token"])

    assert renewed.status == 201
    assert renewed.json["access_token"] not in ("", first.json["access_token"])
    assert renewed.json["refresh_token"] is None
    assert renewed.cookies == []


def test_a_browsers_cookie_gives_another_access_token_and_stays() -> None:
    kept = signed_in(refresh_token_in="cookie").cookies[0].partition(";")[0].partition("=")[2]

    renewed = renew(cookie=kept)

    assert renewed.status == 201
    assert renewed.json["access_token"]
    assert renewed.cookies == []


def test_a_new_refresh_token_goes_where_the_old_one_was(pool: Pool) -> None:
    old = signed_in().json["refresh_token"]
    pool.rotated = "the-next"

    by_body, by_cookie = renew(old), renew(cookie=old)

    assert (by_body.json["refresh_token"], by_body.cookies) == ("the-next", [])
    assert by_cookie.json["refresh_token"] is None
    assert by_cookie.cookies[0].startswith("__Secure-refresh=the-next; Path=/v1/sessions; ")


def test_without_a_token_nobody_is_known() -> None:
    refused = renew()

    assert refused.status == 401
    assert "refresh token" in refused.json["detail"]


@pytest.mark.parametrize("junk", ["junk", "ü", "a;b", "x" * 8192])
def test_a_token_that_is_none_is_refused_wherever_it_is(junk: str) -> None:
    assert renew(junk).status == 401
    assert renew(cookie=junk).status == 401


def test_a_revoked_token_is_refused(pool: Pool) -> None:
    token = signed_in().json["refresh_token"]
    pool.revoked.add(token)

    assert renew(token).status == 401


def test_too_many_tries_are_told_how_long_to_wait(pool: Pool) -> None:
    pool.refusals["InitiateAuth"] = ["LimitExceededException"]

    assert renew("any").status == 429


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"refresh_token": "x" * 8193}, "/refresh_token"),
        ({"refresh_token": 1}, "/refresh_token"),
        ({"token": "x"}, "/token"),
    ],
)
def test_bad_input_names_the_field(body: object, pointer: str) -> None:
    refused = call(renew_session.handler, body=body)

    assert (refused.status, refused.pointers) == (422, [pointer])
