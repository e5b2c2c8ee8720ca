"""An account is whole or not there, wherever the function dies that opens it, and no code is lost."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accounts import forget_sign_up
from core import keys, user_pool
from tests.cloud import Answer
from tests.faults.engine import Engine
from tests.functions.accounts.conftest import (
    ADA,
    admit,
    confirm,
    create,
    invite,
    signed_in,
    stored,
)
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person, join

STEPS = range(1, 9)  # more than any sign-up has; those that it does not get to change nothing
MOMENTS = ["before", "after"]


class Died(BaseException):
    """Nothing of the function runs any more, neither its catch of everything nor what would clean up."""


@pytest.fixture
def pool(user_pool: Pool) -> Pool:
    user_pool.empty()
    return user_pool


@pytest.fixture
def alice() -> Person:
    return join("alice")


@contextmanager
def dying(engine: Engine, patch: pytest.MonkeyPatch, step: int, moment: str) -> Iterator[None]:
    """At the call of this number of all that change something, be it the table or the user pool."""
    left, whole = [step], user_pool.pool.call

    def reach(now: str) -> None:
        if now == moment:
            left[0] -= 1
            if left[0] == 0:
                raise Died

    def call(operation: str, *arguments: Any, **options: Any) -> dict[str, Any]:
        reach("before")
        answer = whole(operation, *arguments, **options)
        reach("after")
        return answer

    with engine.faulty(reach), patch.context() as patched:
        patched.setattr(user_pool.pool, "call", call)
        yield


def attempt(function: Callable[[], Answer]) -> Answer | None:
    try:
        return function()
    except Died:
        return None


def items(sk: str) -> list[dict[str, Any]]:
    return [item for item in stored() if item["sk"]["S"] == sk]


def forget_all() -> None:
    """As the stream tells of everything that is no more, sooner or later, and of what is there too."""
    for item in items("SIGNUP") + items("PROFILE"):
        body = json.dumps({"detail": {"sign_up_id": item["id"]["S"], "version": 1}})
        assert forget_sign_up.handler({"Records": [{"messageId": "1", "body": body}]}, None)


def check(pool: Pool, account: str, password: str, others: int = 0) -> None:
    """One account, one profile, one handle of its own, and a redeemed admission."""
    profiles = {each["id"]["S"] for each in items("PROFILE")}
    assert len(profiles) == 1 + others
    assert account in profiles
    assert pool.members == {ADA["email"]: account}
    own = [each for each in items("HANDLE") if each["member_id"]["S"] == account]
    assert [("held_until" in each, "ttl" in each) for each in own] == [(False, False)]
    redeemed = [each["redeemed_by"]["S"] for each in stored() if "redeemed_by" in each]
    assert redeemed.count(account) == 1
    assert len(redeemed) == 1 + others
    assert signed_in(password=password).status == 201


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_a_sign_up_with_a_proven_address_is_repeated_from_another_device(
    quick_table: Engine, pool: Pool, monkeypatch: pytest.MonkeyPatch, step: int, moment: str
) -> None:
    admit(ADA["email"], ADA["code"])
    with dying(quick_table, monkeypatch, step, moment):
        first = attempt(create)
    had_account = bool(items("PROFILE"))

    second = create(handle="ada-2", password="what I typed then")

    forget_all()
    if had_account:
        assert second.status == 409
        assert first is None or first.status == 201
        check(pool, items("PROFILE")[0]["id"]["S"], ADA["password"])
    else:
        assert second.status == 201
        check(pool, second.json["id"], "what I typed then")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_a_sign_up_is_repeated_with_its_key(
    quick_table: Engine, pool: Pool, monkeypatch: pytest.MonkeyPatch, step: int, moment: str
) -> None:
    admit(ADA["email"], ADA["code"])
    with dying(quick_table, monkeypatch, step, moment):
        attempt(lambda: create(key="k1"))

    repeated = create(key="k1")

    assert repeated.status == 201
    forget_all()
    check(pool, repeated.json["id"], ADA["password"])


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_a_sign_up_that_waits_for_its_code_is_repeated(
    quick_table: Engine, pool: Pool, alice: Person, monkeypatch: pytest.MonkeyPatch, step: int, moment: str
) -> None:
    invite(alice.id, "handed-on")
    with dying(quick_table, monkeypatch, step, moment):
        attempt(lambda: create(code="handed-on"))

    created = create(code="handed-on", password="what I typed then")
    confirmed = confirm(created)

    assert (created.status, confirmed.status) == (201, 201)
    forget_all()
    check(pool, created.json["id"], "what I typed then", others=1)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_a_confirmation_is_repeated(
    quick_table: Engine, pool: Pool, alice: Person, monkeypatch: pytest.MonkeyPatch, step: int, moment: str
) -> None:
    invite(alice.id, "handed-on")
    created = create(code="handed-on")
    with dying(quick_table, monkeypatch, step, moment):
        attempt(lambda: confirm(created, key="k1"))

    assert confirm(created, key="k1").status == 201

    check(pool, created.json["id"], ADA["password"], others=1)


def test_what_a_dead_sign_up_has_of_the_address_is_freed_for_another_code(
    quick_table: Engine, pool: Pool, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It died when the address was its own already, but nothing else was."""
    admit(ADA["email"], ADA["code"])
    facts = 6  # after the count of tries, the beginning, and three calls of the pool
    with dying(quick_table, monkeypatch, facts, "before"):
        assert attempt(create) is None
    [(address, dead)] = pool.members.items()
    invite(alice.id, "mailed", ADA["email"])

    created = create(code="mailed", handle="ada-2")

    assert created.status == 201
    assert pool.members == {address: created.json["id"]}
    assert dead not in pool.users
    assert not [item for item in stored() if item["pk"]["S"] == keys.sign_up(dead).pk]
    check(pool, created.json["id"], ADA["password"], others=1)
