import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import NOBODYS, answer, created, edit, everything, read
from tests.racing import at_once


@pytest.fixture
def claimed(alice: Person, bob: Person) -> str:
    return created(alice, collaborators=[{"handle": bob.handle, "role": "Drums"}, {"name": "Zoë"}])


def state(highlight_id: str, owner: Person) -> tuple[str, str]:
    mine = read(highlight_id, owner).json["collaborators"][0]
    return mine["state"], mine["role"]


def test_confirms_in_ones_own_words(claimed: str, alice: Person, bob: Person) -> None:
    answered = answer(bob, claimed, "accepted", role="Percussion")

    assert answered.status == 200
    assert answered.json == read(claimed, alice).json["collaborators"][0]
    assert state(claimed, alice) == ("confirmed", "Percussion")


def test_confirms_in_the_owners_words(claimed: str, alice: Person, bob: Person) -> None:
    answer(bob, claimed, "accepted")

    assert state(claimed, alice) == ("confirmed", "Drums")
    answer(bob, claimed, "accepted", role="")
    assert state(claimed, alice) == ("confirmed", "")


def test_can_be_answered_otherwise_at_any_time(claimed: str, alice: Person, bob: Person) -> None:
    for given, told in [("declined", "declined"), ("accepted", "confirmed"), ("declined", "declined")]:
        assert answer(bob, claimed, given).status == 200
        assert state(claimed, alice)[0] == told


def test_a_repeat_ends_the_same(claimed: str, alice: Person, bob: Person) -> None:
    answers = [answer(bob, claimed, "accepted", role="Percussion").json for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert state(claimed, alice) == ("confirmed", "Percussion")


def test_strangers_cannot_tell_it_from_what_is_not_there(
    claimed: str, alice: Person, bob: Person, mallory: Person
) -> None:
    draft = created(alice, visibility="draft", collaborators=[{"handle": bob.handle}])
    before = everything()

    missing = answer(mallory, NOBODYS, "accepted")
    assert missing.status == 404
    for refused in (
        answer(mallory, claimed, "accepted"),
        answer(alice, claimed, "accepted"),
        answer(mallory, draft, "accepted"),
        answer(bob, draft, "accepted"),
    ):
        assert (refused.status, refused.json) == (404, missing.json)
    assert everything() == before


def test_who_is_named_no_more_has_nothing_to_answer(claimed: str, alice: Person, bob: Person) -> None:
    edit(alice, claimed, collaborators=[{"name": "Bob"}])

    assert answer(bob, claimed, "accepted").status == 404


@pytest.mark.parametrize(
    ("given", "role", "pointer"),
    [
        ("confirmed", {}, "/state"),
        ("", {}, "/state"),
        ("accepted", {"role": "x" * 121}, "/role"),
        ("accepted", {"role": "two\nlines"}, "/role"),
        ("accepted", {"name": "Robert"}, "/name"),
        ("accepted", {"member_id": NOBODYS}, "/member_id"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    claimed: str, bob: Person, given: str, role: dict[str, str], pointer: str
) -> None:
    before = everything()

    refused = answer(bob, claimed, given, **role)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert everything() == before


def test_an_answer_and_an_edit_at_once_both_stay(claimed: str, alice: Person, bob: Person) -> None:
    answered, edited = at_once(
        lambda: answer(bob, claimed, "accepted", role="Percussion"), lambda: edit(alice, claimed, title="New")
    )

    assert answered.status == 200
    assert state(claimed, alice) == ("confirmed", "Percussion")
    assert read(claimed).json["title"] == ("New" if edited.status == 200 else "Streams")
