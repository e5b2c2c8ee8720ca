"""What a member is told is tested with what tells it, in test_match_opportunity.py; here: whose it is."""

from tests.functions.conftest import Person
from tests.functions.opportunities.acting import posted
from tests.functions.opportunities.test_match_opportunity import match, matches, open_to


def test_are_ones_own(alice: Person, bob: Person, mallory: Person) -> None:
    open_to(bob)
    match(posted(alice))

    assert len(matches(bob).json["items"]) == 1
    assert matches(mallory).json == {"items": [], "next": None}


def test_a_cursor_is_of_no_use_to_others(alice: Person, bob: Person, mallory: Person) -> None:
    for each in (bob, mallory):
        open_to(each)
    match(posted(alice), posted(alice))
    after = matches(bob, limit=1).json["next"]

    assert matches(mallory, after=after).status == 400
