"""A count of what a fact says, kept by `settle`: the least that something derived can be."""

from collections.abc import Iterator
from typing import Any

import pytest

from core import table
from core.derived import Contended, settle
from core.keys import Key
from core.table import Item, Write
from tests.faults.engine import Engine, engine
from tests.racing import at_once

FACT, MARKER = Key("FACT", "1"), Key("FACT", "MARKER")


@pytest.fixture(autouse=True)
def quick_table(empty_table: None) -> Iterator[Engine]:  # noqa: ARG001
    with engine() as made:
        yield made


def say(version: int, *words: str) -> None:
    table.write(table.put(FACT._asdict() | {"version": version, "words": list(words)}))


def wanted(fact: Item | None) -> Item | None:
    return {"words": fact["words"]} if fact and fact["words"] else None


def moves(old: Item, new: Item) -> list[Write]:
    before, after = old.get("words", []), new.get("words", [])
    steps = [(word, -1) for word in before if word not in after]
    steps += [(word, 1) for word in after if word not in before]
    return [table.update(Key("COUNT", word), "ADD uses :step", step=step) for word, step in steps]


def settle_all() -> None:
    settle(FACT, MARKER, wanted, moves)


def counts() -> dict[str, int]:
    return {item["sk"]: item["uses"] for item in table.query("COUNT", limit=99)[0]}


def test_moves_from_nothing_to_what_the_fact_says() -> None:
    say(1, "a", "b")

    settle_all()

    assert counts() == {"a": 1, "b": 1}
    assert table.get(MARKER) == MARKER._asdict() | {"state": {"words": ["a", "b"]}, "revision": 1}


def test_moves_from_one_state_to_the_next() -> None:
    say(1, "a", "b")
    settle_all()
    say(2, "b", "c")

    settle_all()

    assert counts() == {"a": 0, "b": 1, "c": 1}


def test_does_nothing_a_second_time(quick_table: Engine) -> None:
    say(1, "a")
    settle_all()
    seen: list[str] = []
    quick_table.fault = seen.append

    for _ in range(3):
        settle_all()

    assert (counts(), seen) == ({"a": 1}, [])


def test_skips_versions_that_it_never_saw() -> None:
    say(1, "a")
    settle_all()
    for version, word in enumerate("bcd", 2):
        say(version, word)

    settle_all()

    assert counts() == {"a": 0, "d": 1}


def test_a_fact_that_is_gone_leaves_no_marker() -> None:
    say(1, "a")
    settle_all()
    table.write(table.delete(FACT))

    for _ in range(2):
        settle_all()

    assert counts() == {"a": 0}
    assert table.get(MARKER) is None


def test_a_fact_that_says_nothing_leaves_no_marker() -> None:
    say(1, "a")
    settle_all()
    say(2)
    settle_all()
    assert table.get(MARKER) is None

    say(3, "a")
    settle_all()
    assert counts() == {"a": 1}


def test_a_fact_that_never_was_is_nothing() -> None:
    settle_all()

    assert table.get(MARKER) is None


def test_a_fact_that_changes_meanwhile_is_read_anew() -> None:
    say(1, "a")
    changes = iter([2, 3])

    def meanwhile(old: Item, new: Item) -> list[Write]:
        if version := next(changes, None):
            say(version, f"word {version}")
        return moves(old, new)

    settle(FACT, MARKER, wanted, meanwhile)

    assert counts() == {"word 3": 1}


def test_a_fact_that_goes_meanwhile_counts_nothing() -> None:
    say(1, "a")

    def meanwhile(old: Item, new: Item) -> list[Write]:
        table.write(table.delete(FACT))
        return moves(old, new)

    settle(FACT, MARKER, wanted, meanwhile)

    assert counts() == {}


def test_a_fact_that_comes_meanwhile_is_counted() -> None:
    say(1, "a")
    settle_all()
    table.write(table.delete(FACT))
    comes = iter([True])

    def meanwhile(old: Item, new: Item) -> list[Write]:
        if next(comes, False):
            say(1, "b")
        return moves(old, new)

    settle(FACT, MARKER, wanted, meanwhile)

    assert counts() == {"a": 0, "b": 1}


@pytest.mark.parametrize("before", [[], ["a"], ["a", "b"]])
@pytest.mark.parametrize("after", [[], ["b"], ["c"]])
def test_a_marker_that_another_moves_meanwhile_is_read_anew(before: list[str], after: list[str]) -> None:
    say(1, *before)
    settle_all()
    say(2, *after)
    first = iter([True])

    def meanwhile(old: Item, new: Item) -> list[Write]:
        if next(first, False):
            settle_all()
        return moves(old, new)

    settle(FACT, MARKER, wanted, meanwhile)

    assert {word for word, uses in counts().items() if uses} == set(after)
    assert set(counts().values()) <= {0, 1}


def test_gives_up_for_now_when_the_fact_never_rests() -> None:
    say(1, "a")
    tries: list[int] = []

    def meanwhile(old: Item, new: Item) -> list[Write]:
        tries.append(1)
        say(1 + len(tries), "a")
        return moves(old, new)

    with pytest.raises(Contended):
        settle(FACT, MARKER, wanted, meanwhile)

    assert (counts(), table.get(MARKER)) == ({}, None)
    assert 2 < len(tries) < 20


def test_many_at_once_count_once() -> None:
    for version in range(1, 6):
        say(version, f"word {version}", "always")
        at_once(*[settle_all] * 8)

    assert counts() == {f"word {version}": 0 for version in range(1, 5)} | {"word 5": 1, "always": 1}


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_answer_counts_once(quick_table: Engine, moment: str) -> None:
    say(1, "a")

    def lose(when: str) -> None:
        if when == moment:
            raise ConnectionError

    quick_table.fault = lose
    with pytest.raises(ConnectionError):
        settle_all()
    quick_table.fault = lambda _moment: None

    settle_all()

    assert counts() == {"a": 1}


def test_holds_as_many_moves_as_a_transaction() -> None:
    words = [f"{number:03}" for number in range(98)]
    say(1, *words)

    settle_all()

    assert counts() == dict.fromkeys(words, 1)


def test_a_move_that_cannot_be_made_leaves_all_as_it_was() -> None:
    say(1, "a")

    def impossible(old: Item, new: Item) -> list[Write]:
        condition: Any = "attribute_exists(pk)"
        return [*moves(old, new), table.check(Key("NOT", "THERE"), condition)]

    with pytest.raises(Contended):
        settle(FACT, MARKER, wanted, impossible)

    assert (counts(), table.get(MARKER)) == ({}, None)
