from functools import partial

import pytest

from accounts import sign_in
from tests.cloud import Answer, call, event
from tests.functions.accounts.conftest import create, signed_in
from tests.functions.accounts.pool import Pool
from tests.racing import at_once


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
    tries = [signed_in(f"198.51.100.{n}", password="wrong horse battery").status for n in range(25)]

    refused = signed_in()

    assert set(tries) == {401}
    assert refused.status == 429
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert signed_in(email="eve@example.org").status == 401


def guess(n: int, source: str = "203.0.113.7", **headers: str) -> Answer:
    """At another address each time."""
    body = {"email": f"p{n}@example.org", "password": "wrong horse battery"}
    return call(sign_in.handler, body=body, source=source, headers=headers)


def test_the_26th_try_of_a_network_in_five_minutes_waits_whatever_it_says_of_itself(pool: Pool) -> None:
    said = {"x-forwarded-for": "1.2.3.", "x-viewer-address": "1.2.3.", "x-polyfolio-edge": "guess"}

    answers = [guess(n, **{name: f"{value}{n}" for name, value in said.items()}) for n in range(26)]

    assert [each.status for each in answers] == [401] * 25 + [429]
    assert 240 < int(answers[25].headers["retry-after"]) <= 300
    assert pool.calls.count("InitiateAuth") == 25
    assert guess(26, source="198.51.100.1").status == 401


def test_a_network_that_is_refused_uses_up_nobodys_own_tries() -> None:
    assert {guess(n).status for n in range(25)} == {401}

    assert {signed_in(password="wrong horse battery").status for _ in range(26)} == {429}

    assert signed_in("198.51.100.1").status == 201


def test_a_whole_64_of_ipv6_is_one_network() -> None:
    answers = [guess(n, source=f"2001:db8:0:1:{n:x}::{n + 1:x}") for n in range(26)]

    assert [each.status for each in answers] == [401] * 25 + [429]
    assert guess(26, source="2001:db8:0:2::1").status == 401


def test_behind_the_edge_each_viewer_counts_and_not_the_edge() -> None:
    by_edge = {"x-polyfolio-edge": "of the unit tests"}

    answers = [guess(n, **by_edge, **{"x-viewer-address": f"198.51.100.{n}"}) for n in range(26)]

    assert {each.status for each in answers} == {401}


def test_of_64_at_once_from_one_network_25_pass(pool: Pool) -> None:
    statuses = [each.status for each in at_once(*[partial(guess, n) for n in range(64)])]

    assert (statuses.count(401), statuses.count(429)) == (25, 39)
    assert len(pool.named["InitiateAuth"]) == 25  # however often: a call that waits long is made again


def test_how_many_a_network_may_is_a_setting_of_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETWORK_SIGN_INS", "2")

    assert [guess(n).status for n in range(3)] == [401, 401, 429]


def test_a_fault_of_the_pool_is_not_told_as_wrong_credentials(pool: Pool) -> None:
    pool.refusals["InitiateAuth"] = ["ResourceNotFoundException"]

    assert signed_in().status == 500


def test_needs_both() -> None:
    assert call(sign_in.handler, body={}).pointers == ["/email", "/password"]
