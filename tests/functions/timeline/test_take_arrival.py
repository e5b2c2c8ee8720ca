from typing import Any

import pytest

from core import arrivals, derived, keys, table
from core.table import Item
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from tests.functions.timeline.acting import delete, edit, listed, set_profile
from timeline import take_arrival
from timeline.erase_timeline import handler as erase

STORY: dict[str, Any] = {
    "kind": "article",
    "title": "Roasting at home",
    "start": "2026-03-01",
    "text": "First **crack**.",
}
STORY |= {
    "links": [{"url": "https://blog.example/roasting"}],
    "tags": ["Coffee", "coffee"],
    "visibility": "draft",
}
IDENTITY = "medium:9f0c1b2a3d4e"


def arrive(who: Person, identity: str = IDENTITY, holder: str = "source_1", /, **changes: Any) -> None:
    table.write(arrivals.arrived(who.id, identity, holder, STORY | changes))
    take(who, identity)


def take(who: Person, identity: str = IDENTITY) -> None:
    event = {"arrival_id": f"{who.id}#{arrivals.digest(identity)}", "version": 1}
    assert told(take_arrival.handler, event) == []


def marker(who: Person, identity: str = IDENTITY) -> Item:
    return table.get(keys.taken(who.id, arrivals.digest(identity))) or {}


def standing(who: Person) -> list[dict[str, Any]]:
    return list(listed(who, who).json["items"])


def let_go(who: Person, holder: str = "source_1") -> None:
    arrivals.let_go(who.id, arrivals.digest(IDENTITY), holder)
    take(who)


def test_what_arrives_stands_on_the_timeline(alice: Person) -> None:
    arrive(alice)

    [item] = standing(alice)
    assert (item["title"], item["kind"], item["start"]) == ("Roasting at home", "article", "2026-03-01")
    assert (item["html"], item["tags"]) == ("<p>First <strong>crack</strong>.</p>", ["coffee"])
    assert (item["visibility"], item["imported"]) == ("draft", False)
    assert marker(alice)["outcome"] == "made"


def test_it_is_one_highlight_whoever_brings_it_and_however_often(alice: Person) -> None:
    arrive(alice)
    take(alice)
    arrive(alice, IDENTITY, "import_2")

    assert len(standing(alice)) == 1
    assert marker(alice)["outcome"] == "same"


def test_the_same_story_is_each_members_own(alice: Person, bob: Person) -> None:
    arrive(alice)
    arrive(bob)

    assert [len(standing(alice)), len(standing(bob))] == [1, 1]


def test_what_came_with_a_history_is_marked(alice: Person) -> None:
    arrive(alice, history=True, visibility="public")

    assert standing(alice)[0]["imported"] is True


def test_what_the_origin_changes_is_followed(alice: Person) -> None:
    arrive(alice)
    arrive(alice, title="Roasting at home, revised", tags=["roasting"])

    [item] = standing(alice)
    assert (item["title"], item["tags"], item["version"]) == ("Roasting at home, revised", ["roasting"], 2)
    assert marker(alice)["outcome"] == "updated"


def test_what_the_member_edited_is_theirs_field_by_field(alice: Person) -> None:
    arrive(alice)
    [item] = standing(alice)
    edit(alice, item["id"], title="My own title")

    arrive(alice, title="Another title", text="Second crack.")
    arrive(alice, title="A third title", text="Second crack.")

    [item] = standing(alice)
    assert (item["title"], item["html"]) == ("My own title", "<p>Second crack.</p>")
    assert marker(alice)["outcome"] == "kept"


def test_who_may_see_it_is_decided_once(alice: Person) -> None:
    arrive(alice)
    [item] = standing(alice)
    edit(alice, item["id"], visibility="public")

    arrive(alice, title="New", visibility="draft")
    arrive(alice, title="Newer", visibility="members")

    assert standing(alice)[0]["visibility"] == "public"


def test_what_the_member_deleted_does_not_come_back(alice: Person) -> None:
    arrive(alice)
    delete(alice, standing(alice)[0]["id"])

    take(alice)
    arrive(alice, title="Again")

    assert standing(alice) == []
    assert (marker(alice)["outcome"], marker(alice)["reason"]) == ("kept", "You have deleted its highlight.")


def test_an_edit_that_contradicts_the_members_own_is_left_out(alice: Person) -> None:
    arrive(alice, start="2020", end="2021")
    edit(alice, standing(alice)[0]["id"], end="2020-06")

    arrive(alice, start="2021", end="2021")

    assert (standing(alice)[0]["start"], standing(alice)[0]["end"]) == ("2020", "2020-06")
    assert marker(alice)["outcome"] == "kept"


def test_it_goes_when_nobody_holds_it_any_more(alice: Person) -> None:
    arrive(alice)
    arrive(alice, IDENTITY, "import_2")

    let_go(alice)
    assert len(standing(alice)) == 1
    let_go(alice, "import_2")
    let_go(alice, "import_2")

    assert standing(alice) == []
    assert marker(alice) == {}


def test_what_the_member_worked_on_stays_when_it_is_let_go(alice: Person) -> None:
    arrive(alice)
    edit(alice, standing(alice)[0]["id"], text="And I sold ten kilos.")

    let_go(alice)

    assert len(standing(alice)) == 1


def test_publishing_a_draft_is_no_work_on_it(alice: Person) -> None:
    arrive(alice)
    edit(alice, standing(alice)[0]["id"], visibility="public")

    let_go(alice)

    assert standing(alice) == []


def test_what_the_member_keeps_stays_and_is_known(alice: Person) -> None:
    arrive(alice)
    arrivals.keep(alice.id, arrivals.digest(IDENTITY), "source_1")
    let_go(alice)
    arrive(alice, IDENTITY, "source_7")
    let_go(alice, "source_7")

    assert len(standing(alice)) == 1


def test_what_was_taken_back_can_come_anew(alice: Person) -> None:
    arrive(alice)
    let_go(alice)
    arrive(alice, title="Once more")

    assert [item["title"] for item in standing(alice)] == ["Once more"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"start": None}, "It has no date, and a timeline goes by dates."),
        ({"start": "1850"}, "Its start: Value error, must be a year between 1900 and 2100."),
        ({"title": ""}, "Its title: Value should have at least 1 item after validation, not 0."),
        ({"start": "2020", "end": "2010"}, "Its end is before the start."),
    ],
)
def test_what_cannot_stand_is_refused_with_its_reason(
    changes: dict[str, Any], reason: str, alice: Person
) -> None:
    arrive(alice, **changes)

    assert standing(alice) == []
    assert (marker(alice)["outcome"], marker(alice)["reason"]) == ("refused", reason)
    arrive(alice)
    assert len(standing(alice)) == 1


def test_tags_badges_and_links_that_cannot_stand_are_left_out(alice: Person) -> None:
    set_profile(alice, badges=[{"id": "barista", "name": "Barista"}])
    tags = ["fine", "<script>", "x" * 50, *map(str, range(40))]
    links = [{"url": "javascript:alert(1)"}, {"url": "https://a.example/"}]

    arrive(alice, tags=tags, badges=["barista", "pilot"], links=links)

    [item] = standing(alice)
    assert (len(item["tags"]), item["tags"][0]) == (30, "fine")
    assert (item["badges"], [each["url"] for each in item["links"]]) == (["barista"], ["https://a.example/"])


def test_a_member_who_has_left_gets_nothing_more(alice: Person) -> None:
    arrive(alice)
    table.write(table.put(keys.departure(alice.id)._asdict() | {"id": alice.id, "version": 1}))
    table.write(table.delete(keys.member(alice.id)))

    assert told(erase, {"departure_id": alice.id, "version": 1}) == []
    take(alice)

    left, _ = table.query(keys.arrival(alice.id, arrivals.digest(IDENTITY)).pk, limit=10)
    assert left == []
    assert table.query(keys.entry(alice.id, "all", "", "").pk, limit=10)[0] == []


def test_two_runs_at_once_make_one(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    table.write(arrivals.arrived(alice.id, IDENTITY, "source_1", STORY))
    read_first, first = derived.collection, True

    def overtaken(fact: keys.Key) -> Any:
        nonlocal first
        found = read_first(fact)
        if first:
            first = False
            take(alice)
        return found

    monkeypatch.setattr("timeline.take_arrival.collection", overtaken)
    take(alice)

    assert len(standing(alice)) == 1
