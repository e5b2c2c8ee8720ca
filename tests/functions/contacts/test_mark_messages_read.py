import pytest

from tests.functions.conftest import Person
from tests.functions.contacts.acting import asked, mark, messages, open_to, send, talking
from tests.racing import at_once


@pytest.fixture
def made(alice: Person, bob: Person) -> str:
    made = talking(bob, alice)
    for _ in range(9):
        send(bob, made)
    return made


def read_up_to(user: Person, made: str) -> int:
    return int(messages(user, made).json["read_up_to"])


def test_is_ones_own_and_told_to_nobody_else(made: str, alice: Person, bob: Person) -> None:
    assert (read_up_to(alice, made), mark(alice, made, 7).status) == (0, 204)

    assert (read_up_to(alice, made), read_up_to(bob, made)) == (7, 0)


def test_never_goes_back_whatever_comes_last(made: str, alice: Person) -> None:
    marks = [3, 9, 1, 5, 8, 2]

    answers = at_once(*(lambda each=each: mark(alice, made, each) for each in marks))

    assert {each.status for each in answers} == {204}
    assert read_up_to(alice, made) == 9


@pytest.mark.parametrize("up_to", [10, -1, "7", None])
def test_bad_input_names_the_field(made: str, alice: Person, up_to: object) -> None:
    assert mark(alice, made, up_to).pointers == ["/up_to"]
    assert read_up_to(alice, made) == 0


def test_needs_a_conversation_of_ones_own(made: str, bob: Person, mallory: Person) -> None:
    open_to(mallory)

    assert mark(mallory, made, 1).status == 404
    assert mark(bob, asked(bob, mallory), 0).status == 409
