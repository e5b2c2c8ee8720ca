from tests.functions.conftest import Person, join
from tests.functions.opportunities.acting import (
    answers,
    delete,
    edit,
    everything,
    follow_up,
    posted,
    respond,
    responded,
)


def test_answers_go_with_their_opportunity_however_often_it_is_told(alice: Person) -> None:
    made, kept = posted(alice), posted(alice)
    people = [join(f"member-{number}") for number in range(60)]
    for each in people:
        responded(each, made)
    responded(people[0], kept)
    delete(alice, made)

    follow_up(made, made, kept)

    assert not [item for item in everything() if item["pk"].endswith(made)]
    assert len(answers(alice, kept).json["items"]) == 1


def test_a_late_event_of_an_edit_drops_nothing(alice: Person, bob: Person) -> None:
    made = posted(alice)
    responded(bob, made)
    edit(alice, made, title="New")

    follow_up(made)

    assert len(answers(alice, made).json["items"]) == 1
    assert respond(bob, made).status == 409
