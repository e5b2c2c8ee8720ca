"""Year counts, shared entries and tags are right whatever happens to the events that they follow from."""

import json
import random
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock, patch

import pytest

from core import events, keys, table
from tests.cloud import Handler
from tests.faults.engine import Engine
from tests.faults.histories import History
from tests.faults.pump import Killed, Message, Pump, deliver, message, pumps
from tests.faults.reconciling import reconcile
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import (
    EFFECTS,
    answer,
    counted,
    created,
    edit,
    everything,
    follow_up,
    titles,
)
from tests.racing import at_once

NAMES = [effect.__wrapped__.__module__ for effect in EFFECTS]  # type: ignore[attr-defined]


def lived(dice: random.Random, queues: list[Pump], copies: range, steps: int = 20) -> History:
    """A history whose events come while it goes on, and have not all come when it ends."""
    history = History(dice)
    told = 0
    for _ in range(steps):
        history.go_on(1)
        for changed in history.changes[told:]:
            for queue in queues:
                queue.tell(changed, dice.choice(copies))
        told = len(history.changes)
        for queue in queues:
            queue.deliver_some()
    return history


@pytest.mark.parametrize("seed", range(24))
def test_duplicates_in_any_order(seed: int) -> None:
    dice = random.Random(seed)
    queues = pumps(dice)
    history = lived(dice, queues, range(2, 5))

    for queue in queues:
        queue.deliver_all()

    reconcile(history.members)


@pytest.mark.parametrize("seed", range(100, 104))
def test_every_event_ten_times(seed: int) -> None:
    dice = random.Random(seed)
    queues = pumps(dice)
    history = lived(dice, queues, range(10, 11), steps=12)

    for queue in queues:
        queue.deliver_all()

    reconcile(history.members)


@pytest.mark.parametrize("seed", range(200, 204))
def test_all_events_replayed_backwards_later(seed: int) -> None:
    dice = random.Random(seed)
    queues = pumps(dice)
    history = lived(dice, queues, range(1, 2))
    for queue in queues:
        queue.deliver_all()

    for effect in EFFECTS:
        for number, changed in enumerate(reversed(history.changes)):
            assert deliver(effect, [message(number, changed)]) == []

    reconcile(history.members)


@pytest.mark.parametrize("seed", range(300, 304))
def test_events_that_come_only_when_all_is_over(seed: int) -> None:
    dice = random.Random(seed)
    history = History(dice)
    history.go_on(40)
    queues = pumps(dice)
    for changed in history.changes:
        for queue in queues:
            queue.tell(changed)

    for queue in queues:
        queue.deliver_all()

    reconcile(history.members)


@pytest.mark.parametrize("seed", range(400, 424))
def test_crashes_and_lost_answers(seed: int, quick_table: Engine) -> None:
    dice = random.Random(seed)
    faults: list[str] = []

    def crash(moment: str) -> None:
        if dice.random() < 0.2:
            faults.append(moment)
            raise dice.choice((Killed, ConnectionError, TimeoutError))

    queues = pumps(dice, lambda: quick_table.faulty(crash))
    history = lived(dice, queues, range(1, 3), steps=16)
    for queue in queues:
        queue.deliver_all()

    assert len(faults) > 5
    assert {*faults} == {"before", "after"}
    reconcile(history.members)


POISON: dict[str, str] = {
    "no JSON": "{",
    "nothing": "",
    "no detail": "{}",
    "another detail": json.dumps({"detail": {"member_id": "x"}}),
    "no object": json.dumps({"detail": []}),
    "no id": json.dumps({"detail": {"highlight_id": None, "version": 1}}),
    "no version": json.dumps({"detail": {"highlight_id": "x", "version": "one"}}),
}


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_event_fails_alone(poison: str) -> None:
    ada, ben = join("ada"), join("ben")
    for place in range(4):
        ids = [shared(ada, ben, f"at {place}") for _ in range(3)]
        batch = [message(number, changed) for number, changed in enumerate(ids)]
        batch.insert(place, Message("poison", POISON[poison]))

        assert [deliver(effect, batch) for effect in EFFECTS] == [["poison"]] * 3

    reconcile([ada, ben])


@pytest.mark.parametrize("effect", EFFECTS, ids=NAMES)
def test_a_poisoned_fact_fails_alone(effect: Handler) -> None:
    """As one that another version of the code has written."""
    ada, ben = join("ada"), join("ben")
    good, bad, also_good = (shared(ada, ben, "jazz") for _ in range(3))
    broken = table.update(keys.highlight(bad), "REMOVE #tags, #visibility, #collaborators")
    table.write(broken)

    assert deliver(effect, [message(n, each) for n, each in enumerate((good, bad, also_good))]) == ["m1"]


def shared(owner: Person, other: Person, tag: str) -> str:
    made = created(owner, tags=[tag], collaborators=[{"handle": other.handle}])
    answer(other, made, "accepted")
    return made


@pytest.fixture
def threads() -> Iterator[None]:
    """Powertools counts for one thread, as Lambda has it."""
    with patch.object(events, "metrics", Mock()):
        yield


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("seed", range(500, 506))
def test_duplicates_at_the_same_time(seed: int) -> None:
    dice = random.Random(seed)
    history, told = History(dice), 0
    queues = pumps(dice)
    for _ in range(5):
        history.go_on(5)
        batch = [message(number, changed) for number, changed in enumerate(history.changes[told:])]
        told = len(history.changes)

        def bring(effect: Handler, copy: int, batch: list[Message] = batch) -> list[str]:
            return deliver(effect, random.Random(copy).sample(batch, len(batch)))

        failed = at_once(*[lambda e=effect, c=copy: bring(e, c) for effect in EFFECTS for copy in range(4)])
        for queue, effect in zip(queues, EFFECTS, strict=True):
            again = [each for place, each in enumerate(failed) if EFFECTS[place // 4] is effect]
            for each in {name for names in again for name in names}:
                queue.tell(next(json.loads(m.body)["detail"]["highlight_id"] for m in batch if m.id == each))
    for queue in queues:
        queue.deliver_all()

    reconcile(history.members)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("seed", range(600, 604))
def test_events_that_come_while_the_facts_change(seed: int) -> None:
    dice = random.Random(seed)
    ada, ben = join("ada"), join("ben")
    ids = [shared(ada, ben, "jazz") for _ in range(3)]
    tags = ["jazz", "rock", "folk"]

    def change(copy: int) -> None:
        own = random.Random(seed + copy)
        for _ in range(4):
            edit(ada, own.choice(ids), tags=own.sample(tags, 2), start=f"{own.randint(2018, 2020)}")
            answer(ben, own.choice(ids), own.choice(("accepted", "declined")))

    def bring(effect: Handler) -> None:
        for number in range(6):
            deliver(effect, [message(number, each) for each in dice.sample(ids, 3)])

    at_once(
        *[lambda c=copy: change(c) for copy in range(3)],
        *[lambda e=effect: bring(e) for effect in EFFECTS * 2],
    )
    follow_up(*ids)  # the events of the last changes

    reconcile([ada, ben])


def test_effects_read_what_was_written_last(quick_table: Engine) -> None:
    """DynamoDB answers with something older unless it is asked for a consistent read."""
    ada, ben = join("ada"), join("ben")
    made = shared(ada, ben, "jazz")
    reads: list[bool] = []

    def watch(operation: str, payload: dict[str, Any]) -> None:
        if operation in ("GetItem", "Query", "BatchGetItem"):
            reads.append(payload.get("ConsistentRead", False))

    quick_table.watch = watch
    follow_up(made)

    assert len(reads) > 5
    assert all(reads)


class TestTheReconciler:
    """It finds what is wrong, for else it would prove nothing."""

    @pytest.fixture
    def pair(self) -> list[Person]:
        pair = [join("ada"), join("ben")]
        follow_up(*[shared(pair[0], pair[1], "python") for _ in range(2)])
        return pair

    def test_finds_nothing_wrong(self, pair: list[Person]) -> None:
        reconcile(pair)

        assert (counted(pair[1]).json["count"], len(titles(pair[1]))) == (2, 2)

    @pytest.mark.parametrize("sk", ["YEARS#all", "YEARS#tag:python", "COUNT", "TAGGED"])
    def test_finds_a_number_that_is_off(self, pair: list[Person], sk: str) -> None:
        item = next(item for item in everything() if item["sk"] == sk)
        number = next(name for name in ("20193", "uses", "state") if name in item)
        table.write(table.put(item | {number: 1}))

        with pytest.raises(AssertionError):
            reconcile(pair)

    @pytest.mark.parametrize(
        "part", ["YEARS#all", "COUNTED#", "SHARED#", "TAGS#pyt", "#tag:python", "TAG#python"]
    )
    def test_finds_what_is_missing(self, pair: list[Person], part: str) -> None:
        item = next(
            each for each in everything() if part in each["pk"] + each["sk"] and keys.is_derived(each)
        )
        table.write(table.delete(keys.Key(item["pk"], item["sk"])))

        with pytest.raises(AssertionError):
            reconcile(pair)

    def test_finds_what_is_too_much(self, pair: list[Person]) -> None:
        item = next(each for each in everything() if "shared" in each)
        table.write(table.put(item | {"sk": "2001-01-01#x", "id": "x"}))

        with pytest.raises(AssertionError):
            reconcile(pair)

    def test_finds_the_doubles_of_an_effect_that_only_adds(self, pair: list[Person]) -> None:
        add = table.update(keys.years(pair[0].id, "all"), "ADD #20193 :one", one=1)
        table.write(add)

        with pytest.raises(AssertionError):
            reconcile(pair)
