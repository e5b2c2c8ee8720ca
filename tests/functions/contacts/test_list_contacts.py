from datetime import timedelta

import pytest

from core import keys, table
from tests.functions.conftest import Person, Shift, join
from tests.functions.contacts.acting import asked, block, decide, gone, listed, open_to, states


def test_page_by_page_the_latest_first(alice: Person) -> None:
    open_to(alice)
    ids = [asked(join(f"member-{number}"), alice) for number in range(5)]
    for query in ({}, {"state": "pending"}):
        found: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = listed(alice, "received", limit=2, **query, **after).json
            found += [each["id"] for each in page["items"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert found == ids[::-1]


def test_by_state(alice: Person, later: Shift) -> None:
    open_to(alice)
    people = [join(f"member-{number}") for number in range(5)]
    ids = [asked(each, alice) for each in people]
    decide(alice, ids[0], "interested")
    decide(alice, ids[1], "not_now")
    decide(people[2], ids[2], "withdrawn")
    decide(alice, ids[3], "interested")
    decide(people[3], ids[3], "ended")

    expected = ["interested", "not_now", "withdrawn", "ended", "pending"]
    assert states(alice, "received") == expected[::-1]
    for state in expected:
        assert states(alice, "received", state=state) == [state]
    later(timedelta(days=30))
    assert states(alice, "received", state="closed") == ["closed"]
    assert states(alice, "received", state="pending") == []


def test_a_cursor_of_what_was_pending_leads_to_the_end(alice: Person, later: Shift) -> None:
    open_to(alice)
    for number in range(3):
        asked(join(f"member-{number}"), alice)
    after = listed(alice, "received", state="pending", limit=1).json["next"]
    later(timedelta(days=31))

    assert listed(alice, "received", state="pending", after=after).json == {"items": [], "next": None}


def test_shows_the_others_as_they_are_now(alice: Person, bob: Person) -> None:
    open_to(alice)
    asked(bob, alice)
    table.write(table.update(keys.member(bob.id), "SET headline = :new", new="Builds."))

    [received] = listed(alice, "received").json["items"]
    assert received["other"] == {
        "id": bob.id,
        "handle": bob.handle,
        "name": "Bob-The-Builder",
        "headline": "Builds.",
    }
    gone(bob)
    assert listed(alice, "received").json["items"][0]["other"]["name"] == "Former member"


def test_a_block_or_a_departure_reads_as_an_end(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice)
    for each in (bob, mallory):
        decide(alice, asked(each, alice), "interested")

    block(bob, alice)
    gone(mallory)

    assert states(alice, "received") == ["ended", "ended"]
    assert states(bob, "sent") == ["ended"]


@pytest.mark.parametrize(
    ("query", "pointer"), [({"box": "spam"}, "/box"), ({"state": "lost"}, "/state"), ({"limit": 0}, "/limit")]
)
def test_bad_filters_are_named(alice: Person, query: dict[str, object], pointer: str) -> None:
    assert listed(alice, "sent", **query).pointers == [pointer]


def test_a_cursor_is_good_for_its_own_list_alone(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice)
    for each in (bob, mallory):
        asked(each, alice)
    after = listed(alice, "received", limit=1).json["next"]

    assert listed(alice, "sent", after=after).status == 400
    assert listed(bob, "received", after=after).status == 400
    assert listed(alice, "received", state="pending", after=after).status == 400
