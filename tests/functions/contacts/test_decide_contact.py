from datetime import timedelta
from itertools import product

import pytest

from tests.functions.conftest import Person, Shift
from tests.functions.contacts.acting import (
    NOBODYS,
    ask,
    asked,
    block,
    decide,
    everything,
    gone,
    listed,
    messages,
    open_to,
    read,
    states,
)
from tests.racing import at_once

TO = ("interested", "not_now", "withdrawn", "ended")
ALLOWED = {
    ("pending", "recipient", "interested"),
    ("pending", "recipient", "not_now"),
    ("pending", "sender", "withdrawn"),
    ("not_now", "sender", "withdrawn"),
    ("interested", "recipient", "ended"),
    ("interested", "sender", "ended"),
}
OWN = {"recipient": {"interested", "not_now", "ended"}, "sender": {"withdrawn", "ended"}}


@pytest.fixture
def made(alice: Person, bob: Person) -> str:
    """Bob asks Alice."""
    open_to(alice)
    return asked(bob, alice)


@pytest.mark.parametrize(("before", "by", "to"), list(product(("pending", *TO), ("recipient", "sender"), TO)))
def test_each_state_can_be_left_by_whom_it_may(
    made: str, alice: Person, bob: Person, before: str, by: str, to: str
) -> None:
    people = {"recipient": alice, "sender": bob}
    for state, who in {"ended": [("interested", alice), ("ended", bob)]}.get(
        before, [(before, bob if before == "withdrawn" else alice)]
    ):
        if state != "pending":
            assert decide(who, made, state).status == 200

    answer = decide(people[by], made, to)

    expected = 403 if to not in OWN[by] else 200 if (before, by, to) in ALLOWED or before == to else 409
    assert answer.status == expected
    assert read(alice, made).json["state"] == (to if expected == 200 else before)


def test_interested_opens_the_conversation_for_both(made: str, alice: Person, bob: Person) -> None:
    assert messages(bob, made).status == messages(alice, made).status == 409

    assert decide(alice, made, "interested").json["state"] == "interested"

    assert messages(bob, made).json["items"] == messages(alice, made).json["items"] == []
    assert states(bob, "sent") == states(bob, "sent", state="interested") == ["interested"]
    assert states(alice, "received", state="pending") == []


def test_not_now_tells_the_sender_nothing(made: str, alice: Person, bob: Person, later: Shift) -> None:
    def seen() -> list[object]:
        asking = [read(bob, made), listed(bob, "sent"), listed(bob, "sent", state="pending")]
        asking += [listed(bob, "sent", state="not_now"), messages(bob, made), decide(bob, made, "ended")]
        asking += [decide(bob, made, "interested"), ask(bob, alice)]
        return [(each.status, each.json, each.headers.get("etag")) for each in asking]

    pending = seen()
    decide(alice, made, "not_now")

    assert seen() == pending
    assert (read(alice, made).json["state"], states(alice, "received", state="not_now")) == (
        "not_now",
        ["not_now"],
    )
    later(timedelta(days=30))
    assert read(bob, made).json["state"] == "closed"
    assert "no judgement" in read(bob, made).json["note"]


def test_what_nobody_answers_is_closed_by_time_with_a_kind_word(
    made: str, alice: Person, bob: Person, later: Shift
) -> None:
    later(timedelta(days=29, hours=23))
    assert read(bob, made).json["state"] == "pending"

    later(timedelta(days=30))
    assert (read(bob, made).json["state"], read(alice, made).json["state"]) == ("closed", "closed")
    assert "no judgement" in read(bob, made).json["note"]
    assert read(alice, made).json["note"] == ""
    assert decide(alice, made, "interested").status == decide(bob, made, "withdrawn").status == 409
    for user, box in ((bob, "sent"), (alice, "received")):
        assert states(user, box) == states(user, box, state="closed") == ["closed"]
        assert states(user, box, state="pending") == []


def test_a_repeat_changes_nothing(made: str, alice: Person) -> None:
    decide(alice, made, "interested")
    before = everything()

    assert decide(alice, made, "interested").status == 200
    assert everything() == before


def test_of_interested_and_not_now_at_once_one_counts(made: str, alice: Person) -> None:
    yes, no = at_once(lambda: decide(alice, made, "interested"), lambda: decide(alice, made, "not_now"))

    assert sorted([yes.status, no.status]) == [200, 409]
    assert read(alice, made).json["state"] == ("interested" if yes.status == 200 else "not_now")


def test_of_interested_and_withdrawn_at_once_one_counts(made: str, alice: Person, bob: Person) -> None:
    yes, back = at_once(lambda: decide(alice, made, "interested"), lambda: decide(bob, made, "withdrawn"))

    assert sorted([yes.status, back.status]) == [200, 409]
    told = "interested" if yes.status == 200 else "withdrawn"
    assert read(alice, made).json["state"] == read(bob, made).json["state"] == told
    assert states(bob, "sent", state=told) == states(alice, "received", state=told) == [told]


def test_nobody_becomes_interested_across_a_block_or_in_who_has_left(
    made: str, alice: Person, bob: Person
) -> None:
    block(bob, alice)
    assert decide(alice, made, "interested").json["detail"] == "They cannot be reached any more."
    gone(bob)
    assert decide(alice, made, "interested").status == 409
    assert read(alice, made).json["other"]["name"] == "Former member"


def test_strangers_cannot_tell_it_from_what_is_not_there(made: str, mallory: Person) -> None:
    missing = decide(mallory, NOBODYS, "interested")

    assert missing.status == 404
    for answer in (decide(mallory, made, "interested"), read(mallory, made), messages(mallory, made)):
        assert (answer.status, answer.json) == (404, missing.json)


def test_bad_input_names_the_field(made: str, alice: Person) -> None:
    assert decide(alice, made, "pending").pointers == ["/state"]
    assert decide(alice, made, "closed").pointers == ["/state"]
    assert decide(alice, made, "interested", message="Yes!").pointers == ["/message"]
