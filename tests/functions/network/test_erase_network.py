import json
from collections.abc import Iterator

import pytest

from core import keys, table
from network import erase_network
from tests.faults.engine import Engine, engine
from tests.functions.conftest import Person, join
from tests.functions.network.acting import block, blocked, follow, followers, following, unblock
from tests.functions.network.test_count_follows import counts, tell
from tests.functions.timeline.acting import everything


@pytest.fixture(autouse=True)
def quick(empty_table: None) -> Iterator[Engine]:  # noqa: ARG001
    with engine() as made:
        yield made


@pytest.fixture
def others() -> list[Person]:
    return [join(f"other-{number}") for number in range(5)]


def leave(person: Person) -> None:
    fact = keys.departure(person.id)._asdict() | {"id": person.id, "version": 1}
    table.write(table.put(fact))


def erase(person: Person) -> bool:
    """One run; whether it came to its end."""
    body = json.dumps({"detail": {"departure_id": person.id, "version": 1}})
    answer = erase_network.handler({"Records": [{"messageId": "m", "body": body}]}, None)
    return answer == {"batchItemFailures": []}


def runs(person: Person) -> int:
    """How many there are to be, as the departure tells."""
    departure = table.get(keys.departure(person.id), consistent=True)
    assert departure is not None
    return int(departure["version"])


def erase_all(person: Person) -> None:
    done = 0
    while done < runs(person):
        assert erase(person)
        done += 1


def ties(person: Person) -> list[str]:
    """All that names them but what they are by themselves."""
    own = ("ADMISSION#", "HANDLE#", "ACCOUNT#", "SIGNUP#", "DEPARTURE#", "STANDING#")
    found = [item for item in everything() if person.id in json.dumps(item)]
    return [
        f"{item['pk']} {item['sk']}"
        for item in found
        if not item["pk"].startswith(own) and item["sk"] not in ("PROFILE", "DOMAINS")
    ]


def tie(person: Person, others: list[Person]) -> None:
    """The first three follow and are followed, with counts; of the rest one blocks, and one is blocked."""
    for each in others[:3]:
        for one, two in ((each, person), (person, each)):
            assert follow(one, two) == 204
            tell(one, two)
    assert (block(person, others[3]), block(others[4], person)) == (204, 204)
    assert len(ties(person)) == 6 * 2 + 4 + 1


def tell_all(person: Person, others: list[Person]) -> None:
    """What the stream says of each follow that ended, some of it twice."""
    for each in others[:3]:
        tell(each, person, times=2)
        tell(person, each)


def test_leaves_no_tie_of_whoever_has_left(alice: Person, others: list[Person]) -> None:
    tie(alice, others)
    follow(others[0], others[1])
    block(others[2], others[3])
    tell(others[0], others[1])
    leave(alice)

    erase_all(alice)
    tell_all(alice, others)

    assert ties(alice) == []
    assert [counts(each) for each in others[:3]] == [(0, 1), (1, 0), (0, 0)]
    assert (followers(others[1]), following(others[0])) == ([others[0].handle], [others[1].handle])
    assert blocked(others[2]) == [others[3].handle]
    assert (blocked(others[4]), unblock(others[4], others[3])) == ([], 204)


@pytest.mark.parametrize("moment", range(10))
def test_cut_off_anywhere_the_next_delivery_goes_on(
    quick: Engine, alice: Person, others: list[Person], moment: int
) -> None:
    tie(alice, others)
    leave(alice)
    left = iter(range(moment))

    def fault(_when: str) -> None:
        if next(left, None) is None:
            raise ConnectionError("cut off")

    with quick.faulty(fault):
        assert not erase(alice)
    tell_all(alice, others)
    erase_all(alice)
    tell_all(alice, others)

    assert ties(alice) == []
    assert [counts(each) for each in others[:3]] == [(0, 0)] * 3


def test_of_very_many_a_part_each_time(
    alice: Person, others: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase_network, "_AT_ONCE", 2)
    tie(alice, others)
    leave(alice)

    assert erase(alice)
    assert len(ties(alice)) == 6 + 2  # what is counted of the six follows, and two of them
    assert runs(alice) == 2

    erase_all(alice)
    tell_all(alice, others)
    assert ties(alice) == []
    assert [counts(each) for each in others[:3]] == [(0, 0)] * 3


def test_news_that_come_after_it_bring_nothing_back(alice: Person, bob: Person, mallory: Person) -> None:
    follow(bob, alice)
    follow(alice, mallory)
    leave(alice)
    tell(alice, mallory)  # of its beginning, which comes late

    erase_all(alice)
    for _ in range(2):
        tell(bob, alice)
        tell(alice, mallory)
        erase_all(alice)

    assert ties(alice) == []
    assert (counts(bob), counts(mallory)) == ((0, 0), (0, 0))


def test_what_was_under_way_goes_by_the_next_run(alice: Person, bob: Person, mallory: Person) -> None:
    leave(alice)
    erase_all(alice)
    follow(bob, alice)
    tell(bob, alice)
    block(alice, mallory)

    erase_all(alice)
    tell(bob, alice)

    assert (ties(alice), counts(bob), blocked(mallory)) == ([], (0, 0), [])


def test_of_whoever_has_not_left_nothing_goes(alice: Person, others: list[Person]) -> None:
    tie(alice, others)
    before = everything()

    assert erase(alice)

    assert everything() == before
