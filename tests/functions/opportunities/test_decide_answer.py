from itertools import product

import pytest

from tests.functions.conftest import Person
from tests.functions.opportunities.acting import NOBODYS, answers, decide, everything, posted, responded
from tests.racing import at_once


def state(user: Person, made: str) -> tuple[str, str]:
    [given] = answers(user, made).json["items"]
    return given["state"], given["note"]


def test_shortlists_and_declines_kindly(alice: Person, bob: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)

    assert decide(alice, made, answer, "shortlisted", note="These are lovely.").status == 200
    assert state(bob, made) == ("shortlisted", "These are lovely.")
    assert decide(alice, made, answer, "declined", note="Thank you; we found somebody nearer.").status == 200
    assert state(bob, made) == ("declined", "Thank you; we found somebody nearer.")


ALLOWED = {
    ("received", "poster", "shortlisted"),
    ("received", "poster", "declined"),
    ("shortlisted", "poster", "declined"),
    ("received", "answerer", "withdrawn"),
    ("shortlisted", "answerer", "withdrawn"),
}
STATES = ("received", "shortlisted", "declined", "withdrawn")


@pytest.mark.parametrize(("before", "by", "to"), list(product(STATES, ("poster", "answerer"), STATES[1:])))
def test_each_state_can_be_left_by_whom_it_may(
    alice: Person, bob: Person, before: str, by: str, to: str
) -> None:
    made = posted(alice)
    answer = responded(bob, made)
    people = {"poster": alice, "answerer": bob}
    if before != "received":
        decide(people["answerer" if before == "withdrawn" else "poster"], made, answer, before)

    status = decide(people[by], made, answer, to).status

    is_theirs = (to == "withdrawn") is (by == "answerer")
    expected = 403 if not is_theirs else 200 if (before, by, to) in ALLOWED or before == to else 409
    assert status == expected
    assert state(bob, made)[0] == (to if status == 200 else before)


def test_strangers_cannot_tell_it_from_what_is_not_there(alice: Person, bob: Person, mallory: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)
    before = everything()

    missing = decide(alice, made, NOBODYS, "declined")

    assert missing.status == 404
    for given in ("declined", "withdrawn", "shortlisted"):
        assert decide(mallory, made, answer, given).json == missing.json
    assert everything() == before


def test_bad_input_names_the_field(alice: Person, bob: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)

    assert decide(alice, made, answer, "received").pointers == ["/state"]
    assert decide(alice, made, answer, "declined", note="x" * 281).pointers == ["/note"]
    assert decide(alice, made, answer, "declined", message="No.").pointers == ["/message"]


def test_a_stale_decision_changes_nothing(alice: Person, bob: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)
    assert decide(alice, made, answer, "shortlisted", '"1-x"').status == 200

    assert decide(alice, made, answer, "declined", '"1-x"').status == 412
    assert state(bob, made)[0] == "shortlisted"


def test_of_declining_and_withdrawing_at_once_one_counts(alice: Person, bob: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)

    declined, withdrawn = at_once(
        lambda: decide(alice, made, answer, "declined"), lambda: decide(bob, made, answer, "withdrawn")
    )

    assert sorted([declined.status, withdrawn.status]) == [200, 409]
    assert state(bob, made)[0] == ("declined" if declined.status == 200 else "withdrawn")


def test_a_withdrawal_is_never_undone_by_a_shortlist(alice: Person, bob: Person) -> None:
    made = posted(alice)
    answer = responded(bob, made)

    _, withdrawn = at_once(
        lambda: decide(alice, made, answer, "shortlisted"), lambda: decide(bob, made, answer, "withdrawn")
    )

    assert withdrawn.status == 200
    assert state(bob, made)[0] == "withdrawn"
