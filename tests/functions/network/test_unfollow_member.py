from network import unfollow_member
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.network.acting import follow, followers, following


def test_ends_it_however_often(alice: Person, bob: Person) -> None:
    follow(bob, alice)

    for _ in range(2):
        assert call(unfollow_member.handler, user=bob.id, handle="alice").status == 204

    assert (followers(alice), following(bob)) == ([], [])


def test_ends_ones_own_alone(alice: Person, bob: Person) -> None:
    follow(bob, alice)

    call(unfollow_member.handler, user=alice.id, handle=bob.handle)

    assert followers(alice) == [bob.handle]


def test_nobody_is_not_there(alice: Person) -> None:
    assert call(unfollow_member.handler, user=alice.id, handle="nobody").status == 404
