from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest

from tests.faults.engine import Engine
from tests.functions.conftest import Person, Shift, join
from tests.functions.opportunities.acting import block, close, gone, hide, listed, post, posted, titles

FILTERS = {"activity": "mentor", "tag": "a", "place": "Porto", "remote": "true", "paid": "true"}


def test_the_latest_first_page_by_page(alice: Person, bob: Person) -> None:
    for number in range(7):
        posted(alice, title=str(number))

    for viewer in (bob, None):
        assert titles(viewer, limit=3) == ["6", "5", "4", "3", "2", "1", "0"]


def test_every_combination_of_filters_finds_what_fits_all_of_them() -> None:
    tags, places = [["a"], ["a", "b"], []], ["Porto, Portugal", "Faro"]
    many = list(product(["mentor", "speak"], tags, places, [True, False]))
    people = [join(f"member-{number}") for number in range(3)]
    facts = []
    for number, (activity, named, place, remote) in enumerate(many):
        new = {"activity": activity, "tags": named, "place": place, "remote": remote, "paid": number % 3 == 0}
        facts.append(post(people[number % 3], title=str(number), **new).json)

    for size in range(6):
        for names in combinations(FILTERS, size):
            asked = {name: FILTERS[name] for name in names}
            expected = [each["title"] for each in reversed(facts) if fits(each, asked)]
            assert titles(None, limit=5, **asked) == titles(people[0], limit=5, **asked) == expected, asked


def fits(fact: dict[str, object], asked: dict[str, str]) -> bool:
    told = {
        "activity": fact["activity"] == asked.get("activity"),
        "tag": asked.get("tag", "") in str(fact["tags"]),
        "place": str(fact["place"]).startswith("Porto"),
        "remote": fact["remote"],
        "paid": fact["paid"],
    }
    return all(told[name] for name in asked)


def test_several_tags_must_all_be_there(alice: Person) -> None:
    posted(alice, title="both", tags=["a", "b"])
    posted(alice, title="one", tags=["b"])

    assert titles(tag=["a", "b"]) == titles(tag=["B", "#a"]) == ["both"]
    assert titles(paid="false") == []


def test_what_has_expired_is_gone_by_time_alone(alice: Person, bob: Person, later: Shift) -> None:
    posted(alice, title="lasting")
    posted(alice, title="short", deadline=str(datetime.now(UTC).date() + timedelta(days=1)))

    later(timedelta(days=3))
    assert titles() == titles(bob) == titles(bob, activity="freelance") == ["lasting"]
    later(timedelta(days=30))
    assert titles() == titles(bob) == titles(bob, activity="freelance") == []
    mine = listed(alice, mine="true").json["items"]
    assert [each["state"] for each in mine] == ["expired", "expired"]


def test_a_cursor_of_long_ago_leads_to_the_end(alice: Person, bob: Person, later: Shift) -> None:
    for _ in range(3):
        posted(alice)
    after = listed(bob, limit=1).json["next"]
    later(timedelta(days=31))

    assert listed(bob, limit=1, after=after).json == {"items": [], "next": None}


def test_shows_each_viewer_what_they_may_see(alice: Person, bob: Person, mallory: Person) -> None:
    posted(alice, title="open")
    posted(alice, title="members", visibility="members")
    posted(bob, title="hidden")
    hide(bob)
    block(alice, mallory)

    assert titles() == ["open"]
    assert titles(bob) == titles(alice) == ["hidden", "members", "open"]
    assert titles(mallory) == ["hidden"]
    gone(bob)
    assert titles(alice) == ["members", "open"]


def test_ones_own_are_all_there_whatever_their_state(alice: Person, bob: Person) -> None:
    posted(alice, title="open")
    closed = posted(alice, title="closed", visibility="members")
    close(alice, closed)

    mine = listed(alice, mine="true").json["items"]

    assert [(each["title"], each["state"]) for each in mine] == [("closed", "closed"), ("open", "open")]
    assert {each["poster"]["handle"] for each in mine} == {"alice"}
    assert titles(alice, mine="true", limit=1) == ["closed", "open"]
    assert titles(bob, mine="true") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"activity": "idle"}, "/activity"),
        ({"tag": ["a", "b", "c", "d", "e", "f"]}, "/tag"),
        ({"place": ""}, "/place"),
        ({"remote": "false"}, "/remote"),
        ({"paid": "maybe"}, "/paid"),
        ({"mine": "true"}, "/mine"),
        ({"limit": 101}, "/limit"),
        ({"state": "open"}, "/state"),
    ],
)
def test_bad_filters_are_named(query: dict[str, object], pointer: str) -> None:
    refused = listed(None, **query)

    assert refused.status == 422
    assert refused.pointers[0].startswith(pointer)


def test_mine_goes_without_filters(alice: Person) -> None:
    assert listed(alice, mine="true", paid="true").pointers == ["/mine"]


def test_a_cursor_is_good_for_its_own_list_alone(alice: Person) -> None:
    for _ in range(2):
        posted(alice, tags=["a"])
    after = listed(None, limit=1).json["next"]

    assert listed(None, limit=1, after=after).status == 200
    assert listed(alice, limit=1, after=after).status == 400
    assert listed(None, limit=1, after=after, tag="a").status == 400


def test_takes_two_calls_whatever_is_asked(alice: Person, bob: Person, quick_table: Engine) -> None:
    for _ in range(12):
        posted(alice, tags=["a"], remote=True)
    listed(bob)  # from then on it is known for a while that his token is good
    calls: list[str] = []
    quick_table.watch = lambda operation, _: calls.append(operation)

    listed(bob, tag="a", place="lisboa", activity="freelance", remote="true", paid="true")

    assert calls == ["Query", "BatchGetItem"]
