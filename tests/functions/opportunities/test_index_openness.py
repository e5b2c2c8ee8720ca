from core import keys
from members import open_up
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.opportunities.acting import everything
from tests.functions.opportunities.test_match_opportunity import index, open_to


def listed(user: Person) -> dict[str, str]:
    found = [each for each in everything() if each["pk"].startswith("OPEN_TO#") and each["sk"] == user.id]
    return {each["pk"].removeprefix("OPEN_TO#"): each["until"] for each in found}


def test_lists_a_member_under_each_activity_until_it_expires(alice: Person) -> None:
    open_to(alice)
    open_to(alice, "mentor", expires_at="2099-01-31T18:00:00Z")

    assert listed(alice) == {"freelance": "~", "mentor": "2099-01-31T18:00:00.000Z"}


def test_many_at_once_and_an_old_event_end_at_what_the_profile_says(alice: Person) -> None:
    open_to(alice)
    call(open_up.handler, user=alice.id, body={}, activity="teach")
    index(alice, alice, alice)

    assert listed(alice) == {"freelance": "~", "teach": "~"}


def test_all_of_it_is_derived(alice: Person) -> None:
    open_to(alice)

    ours = [each for each in everything() if each["pk"].startswith("OPEN_TO#") or each["sk"] == "OPENED"]
    assert len(ours) == 2
    assert all(map(keys.is_derived, ours))
