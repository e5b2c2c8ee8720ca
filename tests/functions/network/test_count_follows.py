import json

from network import count_follows, count_my_follows
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.network.acting import block, follow


def tell(me: Person, them: Person, times: int = 1) -> None:
    detail = {"follow_id": f"{me.id}#{them.id}", "version": 1}
    record = {"messageId": "m", "body": json.dumps({"detail": detail})}
    for _ in range(times):
        assert count_follows.handler({"Records": [record]}, None) == {"batchItemFailures": []}


def counts(me: Person) -> tuple[int, int]:
    told = call(count_my_follows.handler, user=me.id).json
    return told["followers"], told["following"]


def test_counts_each_follow_once_however_often_it_is_told(alice: Person, bob: Person) -> None:
    follow(bob, alice)
    tell(bob, alice, times=3)

    assert (counts(alice), counts(bob)) == ((1, 0), (0, 1))


def test_an_event_that_comes_late_ends_at_what_is(alice: Person, bob: Person) -> None:
    follow(bob, alice)
    block(alice, bob)

    tell(bob, alice, times=2)

    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))


def test_an_end_is_counted_once(alice: Person, bob: Person, mallory: Person) -> None:
    for each in (bob, mallory):
        follow(each, alice)
        tell(each, alice)
    block(bob, alice)

    tell(bob, alice, times=2)

    assert counts(alice) == (1, 0)
