"""Personal access tokens, from beginning to end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts import create_token, delete_token, departures, list_tokens, sign_in
from core import clock, keys, standing, table
from members import edit_me, get_me
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, claims_of, create, stored
from tests.functions.accounts.pool import Pool

NEW: dict[str, Any] = {"name": "Backup", "scopes": ["read"]}
STRANGER = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def make(user: str, **changes: Any) -> Answer:
    return call(create_token.handler, user=user, body=NEW | changes)


def exchange(token: str, **more: Any) -> Answer:
    return call(sign_in.handler, body={"token": token} | more)


def listed(user: str) -> list[dict[str, Any]]:
    return list(call(list_tokens.handler, user=user).json["items"])


def remove(user: str, token: Answer) -> int:
    return call(delete_token.handler, user=user, token_id=token.json["id"]).status


def test_is_shown_once_and_exchanged_for_an_access_token(ada: str) -> None:
    made = make(ada)

    session = exchange(made.json["token"])

    assert (made.status, session.status) == (201, 201)
    assert session.json["refresh_token"] is None
    assert session.cookies == []
    claims = claims_of(session)
    assert claims["username"] == f"{ada}:{made.json['id']}:read"
    assert call(get_me.handler, user=ada, claims=claims).json["id"] == ada


def test_its_scopes_say_what_it_may(ada: str) -> None:
    reads, writes = (
        claims_of(exchange(make(ada, scopes=[each]).json["token"])) for each in ("read", "write")
    )
    edit = {"headline": "Changed"}

    assert call(get_me.handler, user=ada, claims=reads).status == 200
    assert call(edit_me.handler, user=ada, body=edit, claims=reads).status == 403
    assert call(edit_me.handler, user=ada, body=edit, claims=writes).status == 200
    assert call(get_me.handler, user=ada, claims=writes).status == 403


def test_makes_no_other_tokens_and_sees_none(ada: str) -> None:
    claims = claims_of(exchange(make(ada, scopes=["read", "write"]).json["token"]))

    assert call(create_token.handler, user=ada, body=NEW, claims=claims).status == 403
    assert call(list_tokens.handler, user=ada, claims=claims).status == 403
    assert call(delete_token.handler, user=ada, token_id="x", claims=claims).status == 403


def test_is_listed_without_its_secret_and_with_its_last_use(ada: str) -> None:
    first, second = make(ada), make(ada, name="Robot", scopes=["write", "read", "write"])
    exchange(first.json["token"])

    robot, backup = listed(ada)

    assert (robot["name"], robot["scopes"], robot["used_at"]) == ("Robot", ["write", "read"], None)
    assert (backup["id"], backup["used_at"] is not None) == (first.json["id"], True)
    assert second.json["id"] == robot["id"]
    assert "token" not in robot
    assert listed(STRANGER) == []


def test_its_secret_stands_nowhere(pool: Pool, ada: str) -> None:
    token = make(ada).json["token"]
    exchange(token)

    secret = token.rpartition("_")[2]
    assert len(secret) == 64
    assert secret not in str(stored())
    name = next(each for each in pool.users if ":" in each)
    past_us = {"email": name, "password": secret}
    assert call(sign_in.handler, body=past_us).status in (401, 422)


def test_deleted_it_is_exchanged_no_more_and_its_access_tokens_end(pool: Pool, ada: str) -> None:
    made, other = make(ada), make(ada)
    claims, others = (claims_of(exchange(each.json["token"])) for each in (made, other))

    assert remove(ada, made) == 204

    standing.forget()
    earlier = {"iat": str(int(claims["iat"]) - 2)}
    assert exchange(made.json["token"]).status == 401
    assert call(get_me.handler, user=ada, claims=claims | earlier).status == 401
    assert call(get_me.handler, user=ada, claims=others | earlier).status == 200
    assert [each["id"] for each in listed(ada)] == [other.json["id"]]
    assert len([each for each in pool.users if ":" in each]) == 1
    assert remove(ada, made) == 404


def test_somebody_elses_is_not_there(ada: str) -> None:
    made = make(ada)

    assert remove(STRANGER, made) == 404
    assert exchange(made.json["token"]).status == 201


def test_expired_it_is_exchanged_no_more(ada: str, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=5)
    token = make(ada, expires_at=clock.timestamp(soon)).json["token"]
    assert exchange(token).status == 201

    monkeypatch.setattr(clock, "now", lambda: soon)

    assert exchange(token).status == 401


def test_of_a_member_who_is_leaving_it_is_no_good(ada: str) -> None:
    token = make(ada).json["token"]

    departures.leave(ada, datetime.now(UTC))

    assert exchange(token).status == 401


def test_what_is_no_token_is_refused_and_the_pool_is_not_asked(pool: Pool, ada: str) -> None:
    token, other = make(ada).json["token"], make(ada).json["token"]
    before = pool.calls.count("InitiateAuth")
    mixed = token.rpartition("_")[0] + "_" + other.rpartition("_")[2]

    for wrong in (token[:-1], token + "0", mixed, "polyfolio_a_b_c", "junk", token.upper(), "ü_ü_ü_ü"):
        assert exchange(wrong).status == 401, wrong
    assert pool.calls.count("InitiateAuth") == before


def test_where_the_pool_fails_it_can_be_deleted(pool: Pool, ada: str) -> None:
    pool.refusals["AdminCreateUser"] = ["InternalErrorException"]
    assert make(ada).status == 500

    [left] = listed(ada)

    assert call(delete_token.handler, user=ada, token_id=left["id"]).status == 204
    assert listed(ada) == []


def test_there_are_25_at_most(ada: str) -> None:
    for _ in range(25):
        key = keys.personal_token(ada, clock.new_id())
        table.write(table.put(key._asdict() | {"name": "x", "scopes": ["read"], "digest": "-"}))

    assert make(ada).status == 409


def test_twenty_an_hour(ada: str) -> None:
    tries = [make(ada, expires_at="2020-01-01T00:00:00Z").status for _ in range(21)]

    assert tries == [422] * 20 + [429]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["admin"]}, "/scopes/0"),
        ({"scopes": "read"}, "/scopes"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "soon"}, "/expires_at"),
        ({"id": "x"}, "/id"),
    ],
)
def test_bad_input_names_the_field_and_makes_none(ada: str, changes: dict[str, Any], pointer: str) -> None:
    refused = make(ada, **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert listed(ada) == []


def test_a_token_comes_alone(ada: str) -> None:
    token = make(ada).json["token"]

    refused = exchange(token, email=ADA["email"], password=ADA["password"])

    assert (refused.status, refused.pointers) == (422, ["/token"])
