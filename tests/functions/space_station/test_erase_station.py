import json
from typing import Any

import pytest

from core import blind, keys, table
from space_station import erase_station, place_works
from tests.faults.engine import Engine
from tests.functions.conftest import NOW, Person, join
from tests.functions.space_station.acting import arrive, handles, place, tell, works
from tests.functions.space_station.test_list_my_reveals import reveals
from tests.functions.timeline.acting import everything


def leave(person: Person) -> None:
    """As `accounts` does, and what follows by other effects: the profile is gone from the index."""
    fact = keys.departure(person.id)._asdict() | {"id": person.id, "version": 1}
    change = "SET visibility = :hidden ADD version :one"
    table.write(table.put(fact), table.update(keys.member(person.id), change, hidden="hidden", one=1))
    place(person)


def erase(person: Person) -> dict[str, Any]:
    body = json.dumps({"detail": {"departure_id": person.id, "version": 1}})
    return erase_station.handler({"Records": [{"messageId": "m", "body": body}]}, None)


def runs(person: Person) -> int:
    departure = table.get(keys.departure(person.id), consistent=True)
    assert departure is not None
    return int(departure["version"])


def reveal(one: Person, two: Person) -> None:
    table.write(blind.revealed(one.id, two.id, NOW))


def left_of(person: Person) -> list[str]:
    """What the Space Station keeps of them, wherever it names them."""
    ours = ("STATION#", "FOUND#", "REVEAL#")
    found = [item for item in everything() if person.id in json.dumps(item)]
    return [f"{each['pk']} {each['sk']}" for each in found if each["pk"].startswith(ours)]


def found_and_known(bob: Person, others: list[Person]) -> tuple[Person, str]:
    ada = arrive("ada", "mentor", location="Lisboa")
    made = works(ada, tags=["jazz"])
    for each in others:
        reveal(ada, each)
        reveal(each, ada)
    reveal(others[0], bob)
    assert len(left_of(ada)) > 2 * len(others)
    return ada, made


@pytest.fixture
def others() -> list[Person]:
    return [join(f"other-{number}") for number in range(3)]


def forget(highlight_id: str) -> None:
    """The highlight is erased by its own context, and this follows."""
    table.write(table.delete(keys.highlight(highlight_id)))
    for _ in range(2):
        tell(place_works.handler, highlight_id=highlight_id)


@pytest.mark.parametrize("works_go_first", [True, False])
def test_leaves_nothing_of_whoever_has_left(bob: Person, others: list[Person], works_go_first: bool) -> None:
    ada, made = found_and_known(bob, others)
    leave(ada)

    if works_go_first:
        forget(made)
    for _ in range(2):
        assert erase(ada) == {"batchItemFailures": []}
    forget(made)

    assert left_of(ada) == []
    assert not [item for item in everything() if item["sk"] in ("WORKED", "UNPLACED")]
    assert [each["handle"] for each in reveals(others[0])] == [bob.handle]
    assert reveals(others[1]) == []


@pytest.mark.parametrize("moment", range(6))
def test_cut_off_anywhere_the_next_delivery_goes_on(
    quick_table: Engine, bob: Person, others: list[Person], moment: int
) -> None:
    ada, made = found_and_known(bob, others)
    leave(ada)
    forget(made)
    left = iter(range(moment))

    def fault(_when: str) -> None:
        if next(left, None) is None:
            raise ConnectionError("cut off")

    with quick_table.faulty(fault):
        assert erase(ada) == {"batchItemFailures": [{"itemIdentifier": "m"}]}
    assert erase(ada) == {"batchItemFailures": []}

    assert left_of(ada) == []


def test_of_very_many_a_part_each_time(
    bob: Person, others: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase_station, "_AT_ONCE", 2)
    ada, made = found_and_known(bob, others)
    leave(ada)
    forget(made)

    erase(ada)
    assert (len(left_of(ada)), runs(ada)) == (2, 2)
    erase(ada)

    assert (left_of(ada), runs(ada)) == ([], 2)


def test_the_index_stays_right_where_works_go_before_the_member_is_taken_out(bob: Person) -> None:
    ada = arrive("ada", "mentor")
    made = works(ada, tags=["jazz"])
    fact = keys.departure(ada.id)._asdict() | {"id": ada.id, "version": 1}
    table.write(table.put(fact), table.delete(keys.member(ada.id)))

    erase(ada)
    forget(made)
    place(ada)

    assert left_of(ada) == []
    counts = [item for item in everything() if item["pk"].startswith("FACET#")]
    assert counts
    assert {value for item in counts for name, value in item.items() if name not in ("pk", "sk")} == {0}
    assert handles(bob, open_to="mentor") == []


def test_of_whoever_has_not_left_nothing_goes(bob: Person, others: list[Person]) -> None:
    ada, _ = found_and_known(bob, others)
    before = everything()

    assert erase(ada) == {"batchItemFailures": []}

    assert everything() == before
