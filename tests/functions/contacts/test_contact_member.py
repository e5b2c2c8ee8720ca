from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.conftest import Person, Shift, join
from tests.functions.contacts.acting import (
    ask,
    asked,
    block,
    decide,
    everything,
    follow,
    gone,
    hide,
    listed,
    open_to,
    read,
    shield,
    states,
)
from tests.racing import at_once

REFUSED = "This member cannot be asked for that by you at present."


def test_waits_for_the_recipient(alice: Person, bob: Person) -> None:
    open_to(alice)

    made = ask(bob, alice, message="Would you look\nat my plan?")

    assert made.status == 201
    assert (made.json["state"], made.json["role"]) == ("pending", "sender")
    assert made.json["other"]["handle"] == "alice"
    [received] = listed(alice, "received").json["items"]
    assert (received["state"], received["preview"]) == ("pending", "Would you look at my plan?")
    assert received["other"]["handle"] == bob.handle


def test_answers_the_question_of_that_openness(alice: Person, bob: Person) -> None:
    open_to(alice, question="What have you tried?")

    assert ask(bob, alice).pointers == ["/answer"]
    made = asked(bob, alice, answer="Everything.")

    shown = read(alice, made).json
    assert (shown["question"], shown["answer"]) == ("What have you tried?", "Everything.")
    assert read(alice, made).json["message"] == "Would you look at my plan?"


def test_an_answer_to_no_question_is_not_kept(alice: Person, bob: Person) -> None:
    open_to(alice)

    assert read(alice, asked(bob, alice, answer="Everything.")).json["answer"] == ""


@pytest.mark.parametrize("why", ["not open", "another", "blocks", "blocked", "shield", "expired", "followed"])
def test_who_cannot_be_asked_is_refused_in_one_sentence_that_tells_no_reason(
    alice: Person, bob: Person, later: Shift, why: str
) -> None:
    match why:
        case "another":
            open_to(alice, "speak")
        case "blocks":
            open_to(alice)
            block(alice, bob)
        case "blocked":
            open_to(alice)
            block(bob, alice)
        case "shield":
            open_to(alice)
            shield(alice, members=[bob.handle])
        case "expired":
            open_to(alice, expires_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
            later(timedelta(days=2))
        case "followed":
            open_to(alice, audience="followed")
    before = [item for item in everything() if item["sk"] == "CONTACT"]

    refused = ask(bob, alice)

    assert (refused.status, refused.json["detail"]) == (403, REFUSED)
    assert [item for item in everything() if item["sk"] == "CONTACT"] == before == []


def test_whom_a_member_follows_may_ask_where_others_may_not(alice: Person, bob: Person) -> None:
    open_to(alice, audience="followed")
    follow(alice, bob)

    assert ask(bob, alice).status == 201


def test_a_member_whose_profile_is_for_members_can_be_asked(alice: Person, bob: Person) -> None:
    open_to(alice)
    hide(alice)

    assert ask(bob, alice).status == 201


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"member": ""}, "/member"),
        ({"member": "nobody-at-all"}, "/member"),
        ({"member": "x" * 101}, "/member"),
        ({"member": "bob-the-builder"}, "/member"),
        ({"activity": "idle"}, "/activity"),
        ({"message": ""}, "/message"),
        ({"message": "x" * 2_001}, "/message"),
        ({"answer": "x" * 1_001}, "/answer"),
        ({"state": "interested"}, "/state"),
    ],
)
def test_bad_input_names_the_field(alice: Person, bob: Person, changes: dict[str, Any], pointer: str) -> None:
    open_to(alice)

    refused = ask(bob, alice, **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])


def test_somebody_who_has_left_is_nobody(alice: Person, bob: Person) -> None:
    open_to(alice)
    gone(alice)

    assert ask(bob, alice).pointers == ["/member"]


def test_one_at_a_time_for_each_activity_however_many_at_once(alice: Person, bob: Person) -> None:
    open_to(alice)
    open_to(alice, "speak")

    statuses = [each.status for each in at_once(*(lambda: ask(bob, alice) for _ in range(8)))]

    assert sorted(statuses) == [201] + [409] * 7
    assert ask(bob, alice, activity="speak").status == 201
    assert states(alice, "received") == ["pending", "pending"]


def test_again_after_thirty_days_whatever_became_of_it(alice: Person, bob: Person, later: Shift) -> None:
    became = (("mentor", "not_now", alice), ("speak", "withdrawn", bob), ("teach", "", bob))
    for activity, state, by in became:
        open_to(alice, activity)
        made = asked(bob, alice, activity=activity)
        if state:
            decide(by, made, state)
        assert ask(bob, alice, activity=activity).status == 409
    later(timedelta(days=31))

    assert [ask(bob, alice, activity=each).status for each in ("mentor", "speak", "teach")] == [201] * 3


def test_not_again_while_a_conversation_for_it_lasts(alice: Person, bob: Person, later: Shift) -> None:
    open_to(alice)
    decide(alice, asked(bob, alice), "interested")
    later(timedelta(days=31))

    assert ask(bob, alice).status == 409


def test_a_repeat_is_answered_as_the_first_was(alice: Person, bob: Person) -> None:
    open_to(alice)

    first, again = (ask(bob, alice, "key") for _ in range(2))

    assert (first.status, again.status, first.json) == (201, 201, again.json)
    assert states(alice, "received") == ["pending"]


@pytest.mark.parametrize("cap", [1, 5])
def test_the_weekly_cap_is_exact_under_64_at_once(alice: Person, later: Shift, cap: int) -> None:
    open_to(alice, weekly_cap=cap)
    people = [join(f"member-{number}") for number in range(64)]

    answers = at_once(*(lambda each=each: ask(each, alice) for each in people))

    assert sorted(each.status for each in answers) == [201] * cap + [403] * (64 - cap)
    assert {each.json["detail"] for each in answers if each.status == 403} == {REFUSED}
    assert len(states(alice, "received", limit=100)) == cap
    late = join("late")
    assert ask(late, alice).status == 403
    later(timedelta(days=7, minutes=1))
    assert ask(late, alice).status == 201


def test_each_activity_has_a_cap_of_its_own(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice, weekly_cap=1)
    open_to(alice, "speak", weekly_cap=1)

    assert [ask(bob, alice).status, ask(bob, alice, activity="speak").status] == [201, 201]
    assert ask(mallory, alice).status == 403


def test_who_is_refused_takes_nothing_of_the_cap(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(alice, weekly_cap=2)
    asked(bob, alice)

    assert [ask(bob, alice).status for _ in range(3)] == [409] * 3
    assert ask(mallory, alice).status == 201


def test_thirty_tries_a_day(bob: Person, alice: Person) -> None:
    statuses = [ask(bob, alice).status for _ in range(31)]

    assert statuses == [403] * 30 + [429]
