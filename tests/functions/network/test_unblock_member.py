from functools import partial

import pytest

from core import keys, table
from network import unblock_member
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.network.acting import block, blocked, unblock
from tests.functions.network.test_block_member import sees
from tests.racing import at_once


def test_they_see_each_other_again(alice: Person, bob: Person) -> None:
    block(alice, bob)

    assert unblock(alice, bob) == 204

    assert [sees(alice, bob), sees(bob, alice)] == [True, True]
    assert blocked(alice) == []
    assert table.get_many([keys.block(alice.id, bob.id), keys.block(bob.id, alice.id)]) == []


@pytest.mark.parametrize("first", [0, 1])
def test_the_others_block_stays(alice: Person, bob: Person, first: int) -> None:
    one, other = (alice, bob) if first == 0 else (bob, alice)
    block(alice, bob)
    block(bob, alice)

    unblock(one, other)

    assert not sees(alice, bob)
    assert [len(blocked(one)), len(blocked(other))] == [0, 1]
    unblock(other, one)
    assert sees(alice, bob)


def test_both_at_once(alice: Person, bob: Person) -> None:
    block(alice, bob)
    block(bob, alice)

    assert at_once(partial(unblock, alice, bob), partial(unblock, bob, alice)) == [204, 204]

    assert sees(alice, bob)


def test_what_was_not_blocked_is_no_fault(alice: Person, bob: Person) -> None:
    assert unblock(alice, bob) == 204
    block(bob, alice)
    assert unblock(alice, bob) == 204
    assert not sees(alice, bob)


def test_oneself_one_cannot_have_blocked(alice: Person) -> None:
    assert unblock(alice, alice) == 204


def test_nobody_is_not_there(alice: Person) -> None:
    assert call(unblock_member.handler, user=alice.id, handle="nobody").status == 404
