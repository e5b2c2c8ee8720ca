import pytest

from core import keys, table
from sources import erase_sources, request_poll
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from tests.functions.sources.acting import (
    STORY,
    activated,
    add,
    edit,
    entries,
    follow_up,
    poll,
    poll_item,
    poll_now,
    read,
    remove,
    rss,
    serve,
    standing,
    titles,
)
from tests.functions.sources.test_create_source import create
from tests.functions.timeline.acting import edit as edit_highlight
from tests.web import Web

SECOND = ("story-2", "Second crack", "2026-11-10", "<p>It is dark now.</p>")


@pytest.fixture
def preview(alice: Person, web: Web) -> str:
    serve(web, rss(SECOND, STORY))
    return add(alice, web)


def test_a_preview_shows_all_of_it_however_long_the_stories_are(alice: Person, web: Web) -> None:
    """Together they are more than DynamoDB gives at once (1 MB)."""
    stories = [
        (f"story-{n}", f"No. {n}", f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", "word " * 1200)
        for n in range(200)
    ]
    serve(web, rss(*stories))

    shown = read(alice, add(alice, web))["entries"]

    assert {each["title"] for each in shown} == {title for _, title, _, _ in stories}
    assert len(shown) == len(stories)


def test_what_was_chosen_is_taken_and_the_rest_left(alice: Person, preview: str) -> None:
    [_, first] = read(alice, preview)["entries"]

    edited = edit(alice, preview, state="active", take=[first["id"]])
    follow_up(preview)
    poll(preview)

    assert (edited.json["state"], bool(edited.json["next_poll_at"])) == ("active", True)
    assert titles(alice) == ["First crack"]
    assert {each["state"] for each in entries(preview)} == {"taken", "left"}
    assert read(alice, preview)["entries"] == []


def test_what_was_left_can_be_taken_later(alice: Person, preview: str) -> None:
    second = read(alice, preview)["entries"][0]
    edit(alice, preview, state="active")
    follow_up(preview)
    assert titles(alice) == []

    edit(alice, preview, take=[second["id"]])
    follow_up(preview)
    follow_up(preview)

    assert titles(alice) == ["Second crack"]


def test_two_choices_in_a_row_are_both_carried_out(alice: Person, preview: str) -> None:
    second, first = read(alice, preview)["entries"]
    edit(alice, preview, take=[second["id"]])
    edit(alice, preview, take=[first["id"]])
    follow_up(preview)

    assert titles(alice) == ["Second crack", "First crack"]


def test_a_paused_source_is_not_looked_at(alice: Person, web: Web, preview: str) -> None:
    edit(alice, preview, state="active")
    paused = edit(alice, preview, state="paused").json
    follow_up(preview)
    web.asked.clear()
    poll(preview)

    assert (paused["state"], paused["next_poll_at"], web.asked) == ("paused", None, [])
    assert poll_now(alice, preview).status == 409
    assert edit(alice, preview, state="active").json["next_poll_at"]


def test_settings_hold_for_what_comes_then(alice: Person, web: Web, preview: str) -> None:
    edit(alice, preview, state="active", publish="at_once", tags=["blog"])
    follow_up(preview)
    serve(web, rss(("3", "Third", "2026-11-20", "x"), SECOND, STORY))
    poll(preview)

    [third] = standing(alice)
    assert (third["visibility"], third["tags"]) == ("public", ["blog", "coffee"])


def test_a_preview_cannot_be_chosen_from_before_it_is_there(alice: Person) -> None:

    source_id = create(alice).json["id"]

    assert edit(alice, source_id, state="active").status == 409
    assert edit(alice, source_id, state="paused").status == 409


def test_an_edit_of_what_has_changed_is_refused(alice: Person, preview: str) -> None:
    edit(alice, preview, tags=["one"])

    assert edit(alice, preview, '"1-x"', tags=["two"]).status == 412


def test_a_source_that_goes_leaves_or_takes_its_highlights(alice: Person, web: Web) -> None:
    serve(web, rss(SECOND, STORY))
    source_id = activated(alice, web)
    edit_highlight(alice, standing(alice)[0]["id"], title="Mine")

    remove(alice, source_id, "remove")

    assert titles(alice) == ["Mine"]
    assert table.query(keys.source(source_id).pk, limit=10)[0] == []


def test_what_is_kept_of_a_source_is_known_when_it_comes_back(alice: Person, web: Web) -> None:
    serve(web, rss(SECOND, STORY))
    remove(alice, activated(alice, web), "keep")
    assert len(titles(alice)) == 2

    again = activated(alice, web)
    assert len(titles(alice)) == 2
    remove(alice, again, "remove")
    assert len(titles(alice)) == 2


def test_it_can_be_looked_at_now_six_times_an_hour(alice: Person, preview: str) -> None:
    answers = [poll_now(alice, preview).status for _ in range(7)]

    assert answers == [202] * 6 + [429]
    assert poll_item(preview)["next_at"]
    assert call(request_poll.handler, user=alice.id, source_id="x").status == 404


def test_who_has_left_has_no_sources(alice: Person, preview: str) -> None:
    table.write(table.put(keys.departure(alice.id)._asdict() | {"id": alice.id, "version": 1}))

    assert told(erase_sources.handler, {"departure_id": alice.id, "version": 1}) == []

    assert table.query(keys.source(preview).pk, limit=10)[0] == []
