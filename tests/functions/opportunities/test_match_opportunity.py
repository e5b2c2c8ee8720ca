import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import keys, table
from members import close_off, open_up
from opportunities import index_openness, list_matches, match_opportunity
from tests.cloud import Answer, call
from tests.functions.conftest import Person, Shift, join
from tests.functions.opportunities.acting import (
    batch,
    block,
    close,
    delete,
    edit,
    everything,
    hide,
    highlight,
    posted,
)
from tests.functions.timeline.acting import batch as of_highlights
from timeline import count_years


def index(*members: Person) -> None:
    details = [{"detail": {"member_id": each.id, "version": 1}} for each in members]
    records = [{"messageId": str(n), "body": json.dumps(each)} for n, each in enumerate(details)]
    assert index_openness.handler({"Records": records}, None) == {"batchItemFailures": []}


def open_to(user: Person, activity: str = "freelance", /, **how: Any) -> None:
    assert call(open_up.handler, user=user.id, body=how, activity=activity).status == 200
    index(user)


def tagged(user: Person, *tags: str) -> None:
    made = highlight(user, tags=tags)
    assert count_years.handler(of_highlights(made), None) == {"batchItemFailures": []}


def match(*ids: str) -> None:
    assert match_opportunity.handler(batch(*ids), None) == {"batchItemFailures": []}


def matches(user: Person, /, **query: Any) -> Answer:
    return call(list_matches.handler, user=user.id, query=query)


def titles(user: Person) -> list[str]:
    return [each["title"] for each in matches(user).json["items"]]


def test_is_told_to_those_who_are_open_to_it_and_have_one_of_its_tags(
    alice: Person, bob: Person, mallory: Person
) -> None:
    carla = join("carla")
    for each in (alice, bob, mallory):
        open_to(each)
    open_to(carla, "mentor")
    tagged(bob, "coffee", "python")
    tagged(carla, "coffee")
    tagged(mallory, "tea")
    made = posted(alice, tags=["coffee", "photography"])

    match(made)

    assert [titles(each) for each in (alice, bob, mallory, carla)] == [[], ["A booklet"], [], []]
    [told] = matches(bob).json["items"]
    assert (told["id"], told["poster"]["handle"]) == (made, "alice")


def test_without_tags_it_fits_all_who_are_open_to_it(alice: Person) -> None:
    people = [join(f"member-{number:03}") for number in range(25)]
    for each in people:
        open_to(each)
    match(posted(alice))

    assert all(titles(each) == ["A booklet"] for each in people)


def test_again_late_or_in_another_order_it_ends_the_same(alice: Person, bob: Person) -> None:
    open_to(bob)
    first, second = posted(alice), posted(alice)
    match(first, second)
    before = everything()

    match(second, first, second)
    index(bob, bob)

    assert everything() == before
    assert len(titles(bob)) == 2


def test_what_one_is_open_to_follows_the_profile(alice: Person, bob: Person) -> None:
    open_to(bob)
    open_to(bob, "mentor")
    call(close_off.handler, user=bob.id, activity="freelance")
    index(bob)
    match(posted(alice), posted(alice, title="Mentor us", activity="mentor"))

    assert titles(bob) == ["Mentor us"]
    table.write(table.delete(keys.member(bob.id)))
    index(bob)
    assert not [item for item in everything() if item["pk"].startswith("OPEN_TO#") or item["sk"] == "OPENED"]


def test_not_after_the_openness_has_expired(alice: Person, bob: Person, later: Shift) -> None:
    open_to(bob, expires_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    later(timedelta(days=2))

    match(posted(alice))

    assert titles(bob) == []


def test_what_is_over_is_told_to_nobody_any_more(alice: Person, bob: Person, later: Shift) -> None:
    open_to(bob)
    closed, deleted, expired = (posted(alice, title=title) for title in ("closed", "deleted", "expired"))
    match(closed, deleted, expired)
    assert len(titles(bob)) == 3

    close(alice, closed)
    delete(alice, deleted)
    assert titles(bob) == ["expired"]
    later(timedelta(days=31))
    match(closed, deleted, expired)
    assert titles(bob) == []


def test_who_may_not_see_it_is_not_told(alice: Person, bob: Person, mallory: Person) -> None:
    for each in (bob, mallory):
        open_to(each)
    block(alice, mallory)
    match(posted(alice, visibility="members"))
    hide(alice)

    assert (titles(bob), titles(mallory)) == (["A booklet"], [])


def test_shows_it_as_it_is_now_page_by_page(alice: Person, bob: Person) -> None:
    open_to(bob)
    ids = [posted(alice, title=str(number)) for number in range(3)]
    match(*ids)
    edit(alice, ids[1], title="edited")

    first = matches(bob, limit=2).json
    second = matches(bob, limit=2, after=first["next"]).json

    shown = [[each["title"] for each in page["items"]] for page in (first, second)]
    assert (shown, second["next"]) == ([["2", "edited"], ["0"]], None)


@pytest.mark.parametrize(("query", "pointer"), [({"limit": 101}, "/limit"), ({"tag": "a"}, "/tag")])
def test_bad_queries_are_named(bob: Person, query: dict[str, Any], pointer: str) -> None:
    assert matches(bob, **query).pointers == [pointer]


def test_a_match_goes_when_the_opportunity_has_left_the_board(alice: Person, bob: Person) -> None:
    open_to(bob)
    made = posted(alice)
    match(made)

    [item] = [item for item in everything() if item["pk"] == keys.match(bob.id, "").pk]
    [board] = [item for item in everything() if item["pk"] == keys.board("all", "", "").pk]
    assert item[keys.TTL] == board[keys.TTL]
    assert not keys.is_derived(item)  # what was found then is not what would be found now
