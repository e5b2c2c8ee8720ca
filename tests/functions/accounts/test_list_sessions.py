from typing import Any

import pytest

from accounts import list_sessions, sign_in
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, claims_of, create, signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def listed(user: str, session: Answer | None = None, **query: Any) -> Answer:
    return call(list_sessions.handler, user=user, query=query, claims=claims_of(session) if session else None)


def with_agent(agent: str) -> Answer:
    body = {"email": ADA["email"], "password": ADA["password"]}
    return call(sign_in.handler, body=body, headers={"user-agent": agent})


def test_shows_where_one_is_signed_in_and_which_of_them_this_is(ada: str) -> None:
    here, _ = with_agent(FIREFOX), with_agent("curl/8.9.1")

    found = listed(ada, here)

    assert found.status == 200
    assert {each["agent"]: each["current"] for each in found.json["items"]} == {
        "Firefox on Linux": True,
        "curl": False,
    }
    assert all(each["created_at"] == each["seen_at"] for each in found.json["items"])


def test_tells_nothing_that_would_sign_anybody_in(ada: str) -> None:
    session = signed_in()

    [item] = listed(ada, session).json["items"]

    assert item.keys() == {"id", "agent", "created_at", "seen_at", "current"}


def test_others_see_theirs_alone(ada: str) -> None:
    signed_in()

    assert ada
    assert listed("01ARZ3NDEKTSV4RRFFQ69G5FAV").json == {"items": [], "next": None}


def test_page_by_page_each_stands_once(ada: str) -> None:
    for _ in range(5):
        signed_in()

    first = listed(ada, limit=2).json
    second = listed(ada, limit=2, after=first["next"]).json
    third = listed(ada, limit=2, after=second["next"]).json

    pages = [first, second, third]
    assert [len(each["items"]) for each in pages] == [2, 2, 1]
    assert len({item["id"] for each in pages for item in each["items"]}) == 5
    assert third["next"] is None


def test_a_cursor_of_somebody_else_is_refused(ada: str) -> None:
    for _ in range(2):
        signed_in()
    cursor = listed(ada, limit=1).json["next"]

    assert listed("01ARZ3NDEKTSV4RRFFQ69G5FAV", after=cursor).status == 400


def test_a_personal_access_token_does_not_see_sessions(ada: str) -> None:
    assert listed(f"{ada}:01TOKEN:read+write").status == 403
