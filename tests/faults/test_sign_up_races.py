"""Sixty-four who want the same, at once: one has it, all others are told so, and nothing is lost."""

from functools import partial
from statistics import median
from time import process_time
from typing import Any

import pytest

from accounts import limits, mail_confirmation_code
from core.clock import new_id
from tests.cloud import Answer, call
from tests.faults.engine import Engine
from tests.functions.accounts.conftest import ADA, admit, confirm, create, invite, signed_in, stored
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person, join
from tests.racing import at_once

MANY, ROUNDS = 64, 20
PLENTY = 1_000_000


@pytest.fixture
def pool(user_pool: Pool) -> Pool:
    user_pool.empty()
    return user_pool


@pytest.fixture
def alice() -> Person:
    return join("alice")


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would refuse most of the crowd before the race begins; their own tests show that."""
    for name in ("SIGN_UPS", "UNPROVEN", "CONFIRMATION_CODES", "CONFIRMATIONS"):
        monkeypatch.setattr(limits, name, getattr(limits, name)._replace(times=PLENTY))


def profiles() -> set[str]:
    return {item["id"]["S"] for item in stored() if item["sk"]["S"] == "PROFILE"}


def the_one(answers: list[Answer]) -> Answer:
    assert sorted(each.status for each in answers) == [201] + [409] * (len(answers) - 1)
    return next(each for each in answers if each.status == 201)


def test_of_many_who_redeem_one_code_one_has_an_account(pool: Pool, alice: Person) -> None:
    for turn in range(ROUNDS):
        address = f"guest-{turn}@example.org"
        invite(alice.id, f"code {turn}", address)
        before = profiles()
        tries = [
            partial(create, code=f"code {turn}", email=address, handle=f"guest-{turn}x{n}")
            for n in range(MANY)
        ]

        won = the_one(at_once(*tries))

        assert profiles() - before == {won.json["id"]}
        assert pool.members[address] == won.json["id"]
        assert signed_in(email=address).status == 201


def test_of_many_who_confirm_with_one_invitation_one_has_an_account(pool: Pool, alice: Person) -> None:
    """Handed on to a whole mailing list: each with an address of their own."""
    invite(alice.id, "handed-on")
    addresses = {f"guest-{n}x": f"guest-{n}@example.org" for n in range(16)}
    begun = at_once(
        *(
            partial(create, code="handed-on", email=address, handle=handle)
            for handle, address in addresses.items()
        )
    )
    waiting = [each for each in begun if each.status == 201]
    assert {each.status for each in begun} <= {201, 409}

    answers = at_once(*(partial(confirm, each, email=addresses[each.json["handle"]]) for each in waiting))

    [won] = [each for each in answers if each.status == 201]
    assert profiles() == {alice.id, won.json["id"]}
    assert list(pool.members.values()) == [won.json["id"]]


def test_of_many_who_want_one_handle_one_has_it(pool: Pool) -> None:
    for turn in range(3):
        people = [f"guest-{turn}-{n}@example.org" for n in range(MANY)]
        for address in people:
            admit(address, "admitted")
        before = profiles()
        likenesses = ["nina-o", "n1na-0", "NlNA_O", "ninao"]
        tries = [
            partial(create, email=address, code="admitted", handle=f"{likenesses[n % 4]}{turn}")
            for n, address in enumerate(people)
        ]

        won = the_one(at_once(*tries))

        assert profiles() - before == {won.json["id"]}
        others = [address for address in people if address not in pool.members]
        assert len(others) == MANY - 1
        assert create(email=others[0], code="admitted", handle=f"other-{turn}x").status == 201


def did(engine: Engine, pool: Pool, act: Any) -> list[str]:
    """What is asked of the table and of the user pool, in order."""
    asked: list[str] = []
    engine.watch = lambda operation, _payload: asked.append(operation)
    pool.calls.clear()
    act()
    engine.watch = lambda _operation, _payload: None
    return [*asked, *pool.calls]


def test_whether_an_address_is_known_changes_nothing_that_is_done(
    quick_table: Engine, pool: Pool, alice: Person
) -> None:
    admit(ADA["email"], ADA["code"])
    assert create().status == 201
    invite(alice.id, "handed-on")
    waiting = create(code="handed-on", email="first@example.org", handle="first-one")
    known, unknown = {"email": ADA["email"]}, {"email": "nobody@example.org"}
    ask = partial(call, mail_confirmation_code.handler)

    for one, other in [
        (partial(create, code="guess", **known), partial(create, code="guess", **unknown)),
        (
            partial(create, code="handed-on", handle="guest-a", **known),
            partial(create, code="handed-on", handle="guest-b", **unknown),
        ),
        (
            partial(ask, body={"id": waiting.json["id"]} | known),
            partial(ask, body={"id": new_id()} | unknown),
        ),
        (partial(confirm, waiting, **known), partial(confirm, waiting, id=new_id(), **unknown)),
    ]:
        one(), other()  # so that both have been counted before
        assert did(quick_table, pool, one) == did(quick_table, pool, other)


@pytest.mark.parametrize("code", ["guess", "handed-on"])
def test_whether_an_address_is_known_takes_no_other_time(pool: Pool, alice: Person, code: str) -> None:
    """Medians of 200, taken in turn; of the processor's time, which others on it do not change."""
    admit(ADA["email"], ADA["code"])
    assert create().status == 201
    invite(alice.id, "handed-on")
    times: dict[str, list[float]] = {ADA["email"]: [], "nobody@example.org": []}

    for turn in range(200):
        for address, taken in sorted(times.items(), reverse=bool(turn % 2)):
            began = process_time()
            create(code=code, email=address, handle=f"guest-{turn}x", source=f"198.51.100.{turn}")
            taken.append(process_time() - began)
        for name in set(pool.users) - set(pool.members.values()):  # a longer list would take ever longer
            pool.answer("AdminDeleteUser", {"UserPoolId": pool.id, "Username": name})

    known, unknown = (median(taken) for taken in times.values())
    assert known == pytest.approx(unknown, rel=0.2)
    assert set(pool.members) == {ADA["email"]}
