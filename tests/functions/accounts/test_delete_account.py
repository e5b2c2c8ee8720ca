from datetime import UTC, datetime
from typing import Any

import pytest

from accounts import delete_account, departures, renew_session
from core import keys, standing, table
from members import get_me, get_member
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, claims_of, create, signed_in
from tests.functions.accounts.pool import Pool


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def leave(user: str, **body: Any) -> Answer:
    session = claims_of(signed_in()) | body.pop("claims", {})
    return call(delete_account.handler, user=user, body=body, claims=session)


def test_from_then_on_nobody_sees_the_member_and_no_token_is_good(pool: Pool, ada: str) -> None:
    session = signed_in()

    left = leave(ada, password=ADA["password"])

    standing.forget()
    assert (left.status, left.json) == (202, None)
    assert "Max-Age=0" in left.cookies[0]
    assert call(get_member.handler, handle="ada", public=True).status == 404
    assert call(get_member.handler, handle="ada", user="01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 404
    assert call(get_me.handler, user=ada, claims=claims_of(session)).status == 401
    assert call(renew_session.handler, body={"refresh_token": session.json["refresh_token"]}).status == 401
    assert signed_in().status == 401
    assert "AdminDisableUser" in pool.calls


def test_says_so_as_a_fact_that_effects_follow_from(ada: str) -> None:
    leave(ada, password=ADA["password"])

    fact = table.get(keys.departure(ada)) or {}
    assert (fact["id"], fact["version"]) == (ada, 1)
    assert keys.FACTS[fact["sk"]] == "departure"


def test_who_does_not_know_the_password_deletes_nothing(ada: str) -> None:
    assert leave(ada, password="wrong horse battery").status == 403
    assert table.get(keys.departure(ada)) is None
    assert call(get_member.handler, handle="ada", public=True).status == 200


def test_who_has_just_signed_in_needs_no_password(ada: str) -> None:
    now = int(datetime.now(UTC).timestamp())

    late = leave(ada, claims={"auth_time": str(now - 301)})
    soon = leave(ada, claims={"auth_time": str(now - 290)})

    assert (late.status, soon.status) == (403, 202)


def test_a_personal_access_token_deletes_nobody(ada: str) -> None:
    claims = {"username": f"{ada}:01TOKEN:read+write"}

    assert leave(ada, password=ADA["password"], claims=claims).status == 403
    assert table.get(keys.departure(ada)) is None


def test_twice_is_as_once(ada: str) -> None:
    departures.leave(ada, datetime.now(UTC))
    first = table.get(keys.departure(ada))

    departures.leave(ada, datetime.now(UTC))

    assert table.get(keys.departure(ada)) == first


def test_where_the_pool_fails_the_next_try_goes_on(pool: Pool, ada: str) -> None:
    pool.refusals["AdminDisableUser"] = ["InternalErrorException"]

    assert leave(ada, password=ADA["password"]).status == 500
    assert leave(ada, password=ADA["password"]).status == 202
    assert signed_in().status == 401


def test_five_tries_an_hour(ada: str) -> None:
    tries = [leave(ada, password="wrong horse battery").status for _ in range(6)]

    assert tries == [403] * 5 + [429]


@pytest.mark.parametrize("body", [{"password": ""}, {"password": 7}, {"sure": True}])
def test_bad_input_names_the_field_and_deletes_nothing(ada: str, body: dict[str, Any]) -> None:
    refused = leave(ada, **body)

    assert (refused.status, refused.pointers) == (422, [f"/{next(iter(body))}"])
    assert table.get(keys.departure(ada)) is None
