from core.clock import new_id
from tests.functions.conftest import Person
from tests.functions.network.test_count_follows import counts


def test_begins_with_nobody(alice: Person) -> None:
    assert counts(alice) == (0, 0)
    assert counts(Person(new_id(), "-")) == (0, 0)
