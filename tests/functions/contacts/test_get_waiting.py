from datetime import timedelta
from functools import partial
from typing import Any

from contacts import get_waiting
from tests.cloud import call
from tests.functions.conftest import Person, Shift, join
from tests.functions.contacts.acting import asked, decide, mark, open_to, send, talking
from tests.racing import at_once


def waiting(user: Person) -> Any:
    return call(get_waiting.handler, user=user.id).json


def test_counts_who_asks_until_they_are_answered_or_it_is_over(alice: Person, later: Shift) -> None:
    open_to(alice)
    ids = [asked(join(f"member-{number}"), alice) for number in range(3)]
    assert waiting(alice) == {"asked": 3, "unread": []}

    decide(alice, ids[0], "interested")
    decide(alice, ids[1], "not_now")
    assert waiting(alice)["asked"] == 1
    later(timedelta(days=31))
    assert waiting(alice)["asked"] == 0


def test_names_where_the_other_has_written_until_one_has_read_all_of_it(alice: Person, bob: Person) -> None:
    made = talking(bob, alice)
    send(bob, made)
    send(bob, made)
    assert (waiting(alice)["unread"], waiting(bob)["unread"]) == ([made], [])

    mark(alice, made, 1)
    assert waiting(alice)["unread"] == [made]
    mark(alice, made, 2)
    assert waiting(alice)["unread"] == []
    send(alice, made)
    assert (waiting(alice)["unread"], waiting(bob)["unread"]) == ([], [made])


def test_what_comes_while_one_reads_stays_unread(alice: Person, bob: Person) -> None:
    made = talking(bob, alice)
    for number in range(1, 6):
        send(bob, made)
        at_once(partial(mark, alice, made, number), partial(send, bob, made))
        assert waiting(alice)["unread"] == [made]
        mark(alice, made, 2 * number)
        assert waiting(alice)["unread"] == []


def test_of_others_nothing_is_told(alice: Person, bob: Person, mallory: Person) -> None:
    send(bob, talking(bob, alice))

    assert waiting(mallory) == {"asked": 0, "unread": []}
