"""Ranks follow from counts outside of their transaction: at each write, something else comes in between."""

from collections.abc import Callable

import pytest

from tags import count_tags
from tests.faults.engine import Engine
from tests.faults.reconciling import check_tags
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import batch, created, edit, everything

PLACES = range(1, 9)  # of the writes of one run: its transaction, then a few for each of the tags


def count(highlight_id: str) -> bool:
    """Whether it was done."""
    return not count_tags.handler(batch(highlight_id), None)["batchItemFailures"]


def at(place: int, happens: Callable[[], object], moment: str = "before") -> Callable[[str], None]:
    """A fault that is none: something that happens once, at that write."""
    left = [place]

    def fault(now: str) -> None:
        if now == moment:
            left[0] -= 1
            if left[0] == 0:
                happens()

    return fault


def crash() -> None:
    raise ConnectionError


def check(*ids: str) -> None:
    """Once all has been told again, as it is after a failure, all is right and nothing is left to do."""
    assert all(count(each) for each in ids)
    check_tags([item for item in everything() if item["sk"] == "HIGHLIGHT"])
    assert not [item for item in everything() if item["sk"] == "UNRANKED"]


@pytest.fixture
def ada() -> Person:
    return join("ada")


@pytest.mark.parametrize("place", PLACES)
def test_another_use_of_the_tag(quick_table: Engine, ada: Person, place: int) -> None:
    one, other = (created(ada, tags=["jazz", "rock"]) for _ in range(2))

    with quick_table.faulty(at(place, lambda: count(other))):
        assert count(one)

    check()


@pytest.mark.parametrize("place", PLACES)
def test_the_end_of_another_use_of_the_tag(quick_table: Engine, ada: Person, place: int) -> None:
    one, other = created(ada), created(ada, tags=["jazz", "rock"])
    count(other)
    edit(ada, one, tags=["jazz", "rock"])

    def end() -> None:
        edit(ada, other, tags=["folk"])
        assert count(other)

    with quick_table.faulty(at(place, end)):
        assert count(one)

    check()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("crashes_at", PLACES)
def test_a_crash(quick_table: Engine, ada: Person, crashes_at: int, moment: str) -> None:
    made = created(ada, tags=["jazz", "rock"])
    count(made)
    edit(ada, made, tags=["folk", "rock"])

    with quick_table.faulty(at(crashes_at, crash, moment)):
        count(made)

    check(made)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("crashes_at", [2, 4])
def test_an_edit_whose_own_run_crashes(quick_table: Engine, ada: Person, place: int, crashes_at: int) -> None:
    made = created(ada, tags=["jazz", "rock"])

    def edit_and_crash() -> None:
        edit(ada, made, tags=["jazz", "folk"])
        with quick_table.faulty(at(crashes_at, crash)):
            count(made)

    with quick_table.faulty(at(place, edit_and_crash)):
        count(made)

    check(made)


@pytest.mark.parametrize("place", PLACES)
def test_a_crash_while_another_ends_its_use(quick_table: Engine, ada: Person, place: int) -> None:
    one, other = created(ada, tags=["jazz"]), created(ada, tags=["jazz"])
    count(other)
    with quick_table.faulty(at(place, crash)):
        count(one)

    edit(ada, other, tags=[])

    check(other, one)


@pytest.mark.parametrize("place", PLACES)
def test_an_edit_after_a_crash(quick_table: Engine, ada: Person, place: int) -> None:
    made = created(ada, tags=["jazz"])
    count(made)
    edit(ada, made, tags=["rock"])
    with quick_table.faulty(at(place, crash)):
        count(made)

    edit(ada, made, tags=["folk"])

    check(made)
