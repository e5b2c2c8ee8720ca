from functools import partial

from network import follow_member
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.network.acting import follow, followers, following
from tests.racing import at_once


def test_stands_in_both_lists(alice: Person, bob: Person) -> None:
    assert follow(bob, alice) == 204

    assert (followers(alice), following(bob)) == ([bob.handle], ["alice"])
    assert (followers(bob), following(alice)) == ([], [])


def test_again_and_at_once_is_the_same(alice: Person, bob: Person) -> None:
    follow(bob, alice)

    assert at_once(*[partial(follow, bob, alice)] * 3) == [204] * 3

    assert followers(alice) == [bob.handle]


def test_nobody_follows_themselves_nor_nobody(alice: Person) -> None:
    assert follow(alice, alice) == 409
    assert call(follow_member.handler, user=alice.id, handle="nobody").status == 404
    assert following(alice) == []
