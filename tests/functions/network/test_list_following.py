from tests.functions.conftest import Person
from tests.functions.network.acting import follow, followers, following


def test_is_not_the_list_of_followers(alice: Person, bob: Person, mallory: Person) -> None:
    follow(alice, bob)
    follow(mallory, alice)

    assert (following(alice), followers(alice)) == ([bob.handle], ["mallory"])
    assert (following(alice, bob), following(alice, alice)) == ([bob.handle], [bob.handle])
