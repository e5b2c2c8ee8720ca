import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts import list_sessions, renew_session, sessions, sign_out
from accounts.sessions import Session
from core import standing, table
from core.errors import Unauthenticated
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import claims_of, create, of_the_pool, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.racing import at_once


@pytest.fixture(autouse=True)
def _account(_admission: None) -> None:
    create()


def renew(token: str | None = None, cookie: str | None = None) -> Answer:
    headers = {"cookie": f"theme=dark; __Secure-refresh={cookie}"} if cookie else {}
    body = {"refresh_token": token} if token else {}
    return call(renew_session.handler, body=body, headers=headers)


def test_a_refresh_token_in_the_body_gives_another_access_token_and_the_next_one() -> None:
    first = signed_in()

    renewed = renew(first.json["refresh_token"])

    assert renewed.status == 201
    assert renewed.json["access_token"] not in ("", first.json["access_token"])
    assert renewed.json["refresh_token"] not in (None, first.json["refresh_token"])
    assert renewed.cookies == []
    assert renew(renewed.json["refresh_token"]).status == 201


def test_a_browsers_cookie_gives_another_access_token_and_the_next_cookie() -> None:
    kept = kept_in(signed_in(refresh_token_in="cookie"))

    renewed = renew(cookie=kept)

    assert (renewed.status, renewed.json["refresh_token"]) == (201, None)
    assert kept_in(renewed) != kept
    assert "HttpOnly; Secure; SameSite=Strict" in renewed.cookies[0]
    assert renew(cookie=kept_in(renewed)).status == 201


def kept_in(answer: Answer) -> str:
    return answer.cookies[0].partition(";")[0].partition("=")[2]


def test_who_missed_the_answer_asks_again_and_is_given_the_same_next_one() -> None:
    ours = signed_in().json["refresh_token"]

    answers = [renew(ours) for _ in range(3)]

    assert [each.status for each in answers] == [201] * 3
    [following] = {each.json["refresh_token"] for each in answers}
    assert renew(following).status == 201


def test_many_who_renew_at_once_are_given_the_same_next_one() -> None:
    ours = signed_in().json["refresh_token"]

    answers = at_once(*[lambda: renew(ours)] * 8)

    assert [each.status for each in answers] == [201] * 8
    [following] = {each.json["refresh_token"] for each in answers}
    assert renew(following).status == 201


@pytest.mark.parametrize("renewals", [1, 2, 40])
def test_one_that_was_used_before_ends_the_session_whoever_shows_it(renewals: int) -> None:
    session = signed_in()
    first = following = session.json["refresh_token"]
    for _ in range(renewals):
        following = renew(following).json["refresh_token"]

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31), tick=False):
        assert renew(first).status == 401

    assert renew(following).status == 401
    standing.forget()
    assert call(list_sessions.handler, user="x", claims=claims_of(session)).status == 401


def test_a_used_one_ends_no_session_but_its_own() -> None:
    one, other = (signed_in().json["refresh_token"] for _ in range(2))
    renew(one)

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31), tick=False):
        assert renew(one).status == 401
        assert renew(other).status == 201


def test_signing_out_with_a_used_one_ends_the_session_too() -> None:
    session = signed_in()
    first = session.json["refresh_token"]
    following = renew(first).json["refresh_token"]

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31), tick=False):
        body = {"refresh_token": first}
        assert call(sign_out.handler, user="x", body=body, claims=claims_of(session)).status == 204

    assert renew(following).status == 401


def test_a_session_from_before_tokens_were_used_up_goes_on() -> None:
    session = Session.of(signed_in().json["refresh_token"], datetime.now(UTC))
    old = {name: value for name, value in session.item.items() if name not in ("used", "renewals")}
    table.write(table.put(old))

    renewed = renew(sessions._token(session.member_id, session.name, session.secret))

    assert renewed.status == 201
    assert renew(renewed.json["refresh_token"]).status == 201


def test_where_the_pool_gives_a_new_refresh_token_ours_leads_to_it(pool: Pool) -> None:
    ours = signed_in().json["refresh_token"]
    pool.rotated = "the-next"

    renewed = renew(ours)

    assert (renewed.status, renewed.cookies) == (201, [])
    assert of_the_pool(renewed.json["refresh_token"]) == "the-next"


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
    pool.revoked.add(of_the_pool(token))

    assert renew(token).status == 401


def test_too_many_tries_are_told_how_long_to_wait(pool: Pool) -> None:
    token = signed_in().json["refresh_token"]
    pool.refusals["InitiateAuth"] = ["LimitExceededException"]

    assert renew(token).status == 429


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


def test_neither_the_table_nor_the_client_alone_holds_what_the_pool_gave() -> None:
    ours = signed_in().json["refresh_token"]
    given = of_the_pool(ours)

    [item] = [each for each in stored() if each["sk"]["S"].startswith("SESSION#")]

    assert given not in str(item)
    assert given not in ours
    assert ours.rpartition(".")[2] not in str(item)
    assert len(ours.rpartition(".")[2]) == 64


def test_the_same_secret_never_seals_two_texts_with_the_same_bytes() -> None:
    sealed = {sessions._sealed("the same", b"secret") for _ in range(20)}

    assert len(sealed) == 20
    assert {sessions._unsealed(each, b"secret") for each in sealed} == {"the same"}


@pytest.mark.parametrize("text", ["", "x", "\u00fc" * 9, "a." * 2000])
def test_whatever_was_sealed_comes_back(text: str) -> None:
    assert sessions._unsealed(sessions._sealed(text, b"secret"), b"secret") == text


def test_a_guessed_secret_renews_nothing_and_the_pool_is_not_asked(pool: Pool) -> None:
    ours = signed_in().json["refresh_token"]
    before = len(pool.calls)

    guesses = [ours[:-1] + ("0" if ours[-1] != "0" else "1"), ours + "0", ours[:-64], ours.upper()]

    assert [renew(each).status for each in guesses] == [401] * 4
    assert len(pool.calls) == before


def test_a_secret_is_good_for_its_own_session_alone() -> None:
    one, other = (signed_in().json["refresh_token"] for _ in range(2))
    mixed = ".".join([*one.split(".")[:2], other.rpartition(".")[2]])

    assert renew(mixed).status == 401


def test_a_session_that_has_expired_is_over_though_its_item_still_stands() -> None:
    ours = signed_in().json["refresh_token"]
    later = datetime.now(UTC) + timedelta(days=30, seconds=2)

    with pytest.raises(Unauthenticated):
        Session.of(ours, later)


def test_when_it_was_renewed_is_written() -> None:
    session = Session.of(signed_in().json["refresh_token"], datetime.now(UTC))

    following = session.renewed({}, datetime.now(UTC) + timedelta(minutes=10))

    after = Session.of(following, datetime.now(UTC)).item["seen"]
    assert 600 <= after - session.item["seen"] <= 602


def test_a_session_ended_while_it_was_renewed_stays_ended() -> None:
    session = Session.of(signed_in().json["refresh_token"], datetime.now(UTC))
    table.write(table.delete(session.key))

    with pytest.raises(Unauthenticated):
        session.renewed({"RefreshToken": "next"}, datetime.now(UTC))
    assert not [each for each in stored() if re.match("SESSION#", each["sk"]["S"])]
