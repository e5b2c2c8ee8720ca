from network import block_member
from space_station import reveal_myself
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.space_station.test_list_my_reveals import reveals


def reveal(me: Person, handle: str) -> int:
    return call(reveal_myself.handler, user=me.id, handle=handle).status


def test_is_recorded_once(alice: Person, bob: Person) -> None:
    assert [reveal(alice, bob.handle), reveal(alice, bob.handle)] == [204, 204]

    assert [each["handle"] for each in reveals(alice)] == [bob.handle]


def test_not_to_oneself_nor_to_nobody(alice: Person) -> None:
    assert [reveal(alice, "alice"), reveal(alice, "nobody")] == [409, 404]


def test_not_to_whom_one_does_not_see(alice: Person, bob: Person) -> None:
    call(block_member.handler, user=bob.id, handle="alice")

    assert reveal(alice, bob.handle) == 404
    assert reveals(alice) == []
