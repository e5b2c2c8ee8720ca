from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.conftest import Person
from tests.functions.opportunities.acting import everything, gone, post, posted, read, titles
from tests.racing import at_once

TODAY = datetime.now(UTC).date()


def test_stands_on_the_board_for_thirty_days(alice: Person, bob: Person) -> None:
    made = post(alice, text="You take **the pictures**.", tags=["#Café", "cafe", "photography"])

    assert made.status == 201
    assert made.json["tags"] == ["cafe", "photography"]
    assert made.json["html"] == "<p>You take <strong>the pictures</strong>.</p>"
    assert made.json["state"] == "open"
    listed, expires = (datetime.fromisoformat(made.json[each]) for each in ("listed_at", "expires_at"))
    assert expires - listed == timedelta(days=30)
    assert titles(bob) == titles() == ["A booklet"]


def test_leaves_it_when_its_deadline_is_over_everywhere(alice: Person) -> None:
    day = TODAY + timedelta(days=3)

    made = post(alice, deadline=str(day)).json

    assert made["expires_at"] == f"{day + timedelta(days=1)}T12:00:00.000Z"
    assert post(alice, deadline=str(TODAY + timedelta(days=300))).json["expires_at"] < str(
        TODAY + timedelta(days=31)
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"activity": "idle"}, "/activity"),
        ({"title": ""}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"text": "x" * 10_001}, "/text"),
        ({"tags": [str(each) for each in range(11)]}, "/tags"),
        ({"time_needed": "x" * 161}, "/time_needed"),
        ({"paid": "yes"}, "/paid"),
        ({"payment": "two\nlines"}, "/payment"),
        ({"place": ""}, "/place"),
        ({"place": "x" * 161}, "/place"),
        ({"language": "English"}, "/language"),
        ({"deadline": "2026-02-30"}, "/deadline"),
        ({"deadline": "2001-01-01"}, "/deadline"),
        ({"visibility": "draft"}, "/visibility"),
        ({"member_id": "x"}, "/member_id"),
        ({"state": "closed"}, "/state"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    alice: Person, changes: dict[str, object], pointer: str
) -> None:
    before = everything()

    refused = post(alice, **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert everything() == before


def test_needs_no_place_where_it_is_remote(alice: Person) -> None:
    assert post(alice, place="", remote=True).status == 201


def test_needs_a_profile(alice: Person) -> None:
    gone(alice)

    assert post(alice).status == 404


def test_a_repeat_posts_nothing_more(alice: Person) -> None:
    answers = at_once(*(lambda: post(alice, "key") for _ in range(8)))

    assert {each.status for each in answers} == {201}
    assert len({each.json["id"] for each in answers}) == 1
    assert titles(alice, mine="true") == ["A booklet"]


def test_twenty_a_day_and_no_more_however_many_at_once(alice: Person) -> None:
    answers = at_once(*(lambda: post(alice) for _ in range(32)))

    assert sorted(each.status for each in answers) == [201] * 20 + [429] * 12
    assert all("retry-after" in each.headers for each in answers if each.status == 429)
    assert len(titles(alice, mine="true")) == 20


def test_as_many_facets_as_can_be_fit_into_one_transaction(alice: Person) -> None:
    tags = [f"tag {each}" for each in range(10)]

    made = posted(alice, tags=tags, place="a, b, c, d, e", remote=True)

    assert read(made).json["tags"] == tags
    assert titles(place="d") == ["A booklet"]
    assert titles(place="e") == []
