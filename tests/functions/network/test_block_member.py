from functools import partial
from types import ModuleType

import pytest

from core import keys, table
from members import get_member
from network import block_member, list_followers, list_following
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.network.acting import block, blocked, follow, followers, unblock
from tests.racing import at_once
from timeline import count_highlights, list_highlights


def sees(me: Person, them: Person) -> bool:
    return call(get_member.handler, user=me.id, handle=them.handle).status == 200


def test_neither_sees_the_other_any_more(alice: Person, bob: Person, mallory: Person) -> None:
    assert block(alice, bob) == 204

    assert [sees(alice, bob), sees(bob, alice)] == [False, False]
    assert [sees(alice, mallory), sees(mallory, alice), sees(alice, alice)] == [True, True, True]


@pytest.mark.parametrize("route", [list_highlights, count_highlights, list_followers, list_following])
def test_no_list_of_theirs_is_there_either(alice: Person, bob: Person, route: ModuleType) -> None:
    block(alice, bob)

    assert call(route.handler, user=bob.id, handle="alice").status == 404
    assert call(route.handler, user=alice.id, handle=bob.handle).status == 404
    assert call(route.handler, user=alice.id, handle="alice").status == 200


def test_it_ends_what_they_follow_and_lets_them_follow_no_more(alice: Person, bob: Person) -> None:
    follow(alice, bob)
    follow(bob, alice)

    block(alice, bob)

    assert [follow(bob, alice), follow(alice, bob)] == [404, 404]
    unblock(alice, bob)
    assert [followers(alice), followers(bob)] == [[], []]
    assert follow(bob, alice) == 204


def test_of_a_block_and_a_follow_at_once_the_block_wins(alice: Person, bob: Person) -> None:
    at_once(partial(block, alice, bob), partial(follow, bob, alice), partial(follow, bob, alice))

    assert table.get(keys.follow(bob.id, alice.id)) is None


def test_again_is_the_same(alice: Person, bob: Person) -> None:
    assert [block(alice, bob), block(alice, bob)] == [204, 204]
    assert blocked(alice) == [bob.handle]


def test_somebody_by_whom_one_is_blocked_can_be_blocked_too(alice: Person, bob: Person) -> None:
    block(alice, bob)

    assert block(bob, alice) == 204

    assert blocked(bob) == ["alice"]


def test_nobody_can_block_themselves(alice: Person) -> None:
    assert block(alice, alice) == 409
    assert blocked(alice) == []


def test_nobody_is_not_there(alice: Person) -> None:
    assert call(block_member.handler, user=alice.id, handle="nobody").status == 404
