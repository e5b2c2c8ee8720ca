from typing import Any

import pytest

from accounts import lift_suspension, renew_session, suspend_member
from core import keys, standing, table
from members import edit_me, get_me, get_member
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import claims_of, create, signed_in
from tests.functions.accounts.pool import Pool

OPERATOR = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
GROUPS = {"cognito:groups": "[operators]"}
REASON = {"reason": "Writes to people who asked them to stop."}


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def suspend(handle: str = "ada", user: str = OPERATOR, body: Any = REASON, **claims: str) -> Answer:
    return call(suspend_member.handler, user=user, body=body, claims=GROUPS | claims, handle=handle)


def lift(handle: str = "ada", **claims: str) -> Answer:
    return call(lift_suspension.handler, user=OPERATOR, claims=GROUPS | claims, handle=handle)


def seen(by: str | None) -> int:
    return call(get_member.handler, user=by, public=by is None, handle="ada").status


def test_nobody_sees_the_member_and_none_of_their_tokens_is_good(ada: str) -> None:
    session = signed_in()
    assert (seen(None), seen(OPERATOR)) == (200, 200)

    assert suspend().status == 204

    standing.forget()
    assert (seen(None), seen(OPERATOR)) == (404, 404)
    assert call(get_me.handler, user=ada, claims=claims_of(session)).status == 401
    assert call(renew_session.handler, body={"refresh_token": session.json["refresh_token"]}).status == 401
    assert signed_in().status == 401


def test_lifted_all_is_as_before(ada: str) -> None:
    call(edit_me.handler, user=ada, body={"visibility": "members"})
    suspend()

    assert lift().status == 204

    assert (seen(None), seen(OPERATOR)) == (404, 200)
    assert signed_in().status == 201
    assert table.get(keys.account(ada)) is None


def test_what_ended_stays_ended(ada: str) -> None:
    session = signed_in()
    suspend()
    lift()
    standing.forget()

    assert call(get_me.handler, user=ada, claims=claims_of(session)).status == 401


def test_says_why_since_when_and_by_whom(ada: str) -> None:
    suspend()
    suspend(body={"reason": "Another one."})

    account = table.get(keys.account(ada)) or {}
    assert (account["state"], account["reason"], account["by"]) == ("suspended", "Another one.", OPERATOR)
    assert account["visibility"] == "public"


def test_a_member_who_is_suspended_cannot_make_themselves_seen(ada: str) -> None:
    suspend()

    assert call(edit_me.handler, user=ada, body={"visibility": "public"}).status in (401, 404)
    assert seen(None) == 404


def test_the_change_is_news(ada: str) -> None:
    before = (table.get(keys.member(ada)) or {})["version"]

    suspend()
    lift()

    assert (table.get(keys.member(ada)) or {})["version"] == before + 2


@pytest.mark.parametrize("groups", ["", "[]", "[others]", "[operators-of-nothing]"])
def test_only_operators_may(ada: str, groups: str) -> None:
    assert suspend(**{"cognito:groups": groups}).status == 403
    assert lift(**{"cognito:groups": groups}).status == 403
    assert ada
    assert seen(None) == 200


def test_an_operators_personal_access_token_may_not(ada: str) -> None:
    assert suspend(username=f"{OPERATOR}:01TOKEN:read+write").status == 403
    assert ada
    assert seen(None) == 200


def test_nobody_suspends_themselves(ada: str) -> None:
    assert suspend(user=ada).status == 409
    assert seen(None) == 200


@pytest.mark.parametrize("handle", ["nobody", "ad_a", "a#b", "~"])
def test_who_is_not_there_cannot_be_suspended(ada: str, handle: str) -> None:
    assert (suspend(handle).status, lift(handle).status) == (404, 404)
    assert ada


def test_who_is_not_suspended_cannot_be_let_in_again(ada: str) -> None:
    assert lift().status == 404
    assert ada


def test_where_the_pool_fails_the_next_try_goes_on(pool: Pool, ada: str) -> None:
    pool.refusals["AdminDisableUser"] = ["InternalErrorException"]
    assert suspend().status == 500
    assert suspend().status == 204
    assert signed_in().status == 401

    pool.refusals["AdminEnableUser"] = ["InternalErrorException"]
    assert (lift().status, lift().status) == (500, 204)
    assert ada
    assert signed_in().status == 201


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/reason"),
        ({"reason": ""}, "/reason"),
        ({"reason": "x" * 501}, "/reason"),
        ({"why": "x"}, "/why"),
    ],
)
def test_bad_input_names_the_field(ada: str, body: object, pointer: str) -> None:
    refused = suspend(body=body)

    assert refused.status == 422
    assert pointer in refused.pointers
    assert ada
    assert seen(None) == 200
