import pytest

from accounts import list_sessions, renew_session, sign_out
from core import standing
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import claims_of, create, signed_in, stored
from tests.functions.accounts.pool import Pool


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def leave(user: str, token: str | None = None, cookie: str | None = None, **query: str) -> Answer:
    headers = {"cookie": f"__Secure-refresh={cookie}"} if cookie else {}
    body = {"refresh_token": token} if token else None
    return call(sign_out.handler, user=user, body=body, headers=headers, query=query)


def is_good(token: str) -> bool:
    return call(renew_session.handler, body={"refresh_token": token}).status == 201


@pytest.mark.parametrize("place", ["token", "cookie"])
def test_revokes_the_refresh_token_wherever_it_is_and_no_other(ada: str, place: str) -> None:
    here, elsewhere = (signed_in().json["refresh_token"] for _ in range(2))

    left = leave(ada, **{place: here})

    assert (left.status, left.json) == (204, None)
    assert (is_good(here), is_good(elsewhere)) == (False, True)


def test_without_a_refresh_token_the_access_tokens_own_session_ends(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()

    left = call(sign_out.handler, user=ada, claims=claims_of(here))

    assert left.status == 204
    assert (is_good(here.json["refresh_token"]), is_good(elsewhere.json["refresh_token"])) == (False, True)


def test_the_access_tokens_of_the_session_end_with_it(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()
    leave(ada, here.json["refresh_token"])
    standing.forget()

    def listed(session: Answer) -> int:
        earlier = {"iat": str(int(claims_of(session)["iat"]) - 2)}
        return call(list_sessions.handler, user=ada, claims=claims_of(session) | earlier).status

    assert (listed(here), listed(elsewhere)) == (401, 200)


def test_another_members_session_is_not_ended(ada: str) -> None:
    token = signed_in().json["refresh_token"]

    assert leave("01ARZ3NDEKTSV4RRFFQ69G5FAV", token).status == 204
    assert ada
    assert is_good(token)


def test_clears_the_cookie(ada: str) -> None:
    left = leave(ada)

    assert left.cookies == [
        "__Secure-refresh=; Path=/v1/sessions; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
    ]


def test_everywhere_ends_all_sessions_of_this_member(ada: str) -> None:
    sessions = [signed_in().json["refresh_token"] for _ in range(3)]

    left = leave(ada, everywhere="true")

    assert left.status == 204
    assert "Max-Age=0" in left.cookies[0]
    assert not any(map(is_good, sessions))
    assert not [each for each in stored() if each["sk"]["S"].startswith("SESSION#")]


def test_an_account_that_is_gone_has_no_sessions_to_end(pool: Pool, ada: str) -> None:
    pool.refusals["AdminUserGlobalSignOut"] = ["UserNotFoundException"]

    assert leave(ada, everywhere="true").status == 204


def test_sessions_that_could_not_be_ended_are_not_said_to_be(pool: Pool, ada: str) -> None:
    pool.refusals["AdminUserGlobalSignOut"] = ["ResourceNotFoundException"]

    assert leave(ada, everywhere="true").status == 500


def test_twice_is_as_once(ada: str) -> None:
    token = signed_in().json["refresh_token"]

    assert [leave(ada, token).status for _ in range(2)] == [204, 204]


@pytest.mark.parametrize(
    "code", ["UnsupportedTokenTypeException", "InvalidParameterException", "UnauthorizedException"]
)
def test_a_token_that_is_none_needs_no_revoking(pool: Pool, ada: str, code: str) -> None:
    pool.refusals["RevokeToken"] = [code]

    assert leave(ada, signed_in().json["refresh_token"]).status == 204


@pytest.mark.parametrize("junk", ["junk", "a.b.c", "..", "\u00fc.\u00fc.\u00fc"])
def test_what_is_no_token_ends_nothing(pool: Pool, ada: str, junk: str) -> None:
    token = signed_in().json["refresh_token"]

    assert leave(ada, junk).status == 204
    assert is_good(token)
    assert "RevokeToken" not in pool.calls


def test_a_token_that_could_not_be_revoked_is_not_said_to_be(pool: Pool, ada: str) -> None:
    pool.refusals["RevokeToken"] = ["ForbiddenException"]

    assert leave(ada, signed_in().json["refresh_token"]).status == 500


@pytest.mark.parametrize("query", [{"everywhere": "yes"}, {"everywhere": ""}, {"all": "true"}])
def test_bad_input_names_the_field_and_ends_nothing(ada: str, query: dict[str, str]) -> None:
    token = signed_in().json["refresh_token"]

    refused = leave(ada, token, **query)

    assert (refused.status, refused.pointers) == (422, [f"/{next(iter(query))}"])
    assert is_good(token)


def test_without_an_authorizer_nothing_is_done(ada: str) -> None:
    token = signed_in().json["refresh_token"]

    assert ada
    assert call(sign_out.handler, body={"refresh_token": token}).status == 500
    assert is_good(token)
