from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    NOBODYS,
    create,
    created,
    edit_many,
    everything,
    read,
    set_profile,
    titles,
)
from tests.functions.timeline.test_edit_highlight import entries_in_table, entries_of_facts


def test_adds_removes_and_shows(alice: Person) -> None:
    set_profile(alice, badges=[{"name": "Barista"}, {"name": "Engineer"}])
    ids = [created(alice, tags=["a", "b"], badges=["barista"], visibility="draft") for _ in range(3)]

    done = edit_many(
        alice,
        *ids,
        add_tags=["C#", "a"],
        remove_tags=["B"],
        add_badges=["engineer"],
        remove_badges=["barista"],
        visibility="public",
    )

    assert done.json == {"items": [{"id": each, "status": 200, "detail": None} for each in ids]}
    for each in ids:
        now = read(each).json
        assert (now["tags"], now["badges"], now["version"]) == (["a", "c#"], ["engineer"], 2)
    assert len(titles(alice, tag="c#")) == 3
    assert titles(alice, badge="barista") == titles(alice, alice, visibility="draft") == []


def test_two_hundred_of_which_some_are_not_ones_own(alice: Person, bob: Person) -> None:
    mine = [created(alice) for _ in range(120)]
    full = [created(alice, tags=[f"{n}" for n in range(30)]) for _ in range(10)]
    theirs = [created(bob) for _ in range(40)]
    missing = [NOBODYS[:-2] + f"{n:02}" for n in range(30)]
    ids = [each for group in zip(mine[:30], theirs[:30], missing, strict=True) for each in group]
    ids += mine[30:] + theirs[30:] + full

    done = edit_many(alice, *ids, add_tags=["new"])

    assert len(ids) == 200
    assert [each["id"] for each in done.json["items"]] == ids
    status = {each["id"]: each["status"] for each in done.json["items"]}
    assert {status[each] for each in mine} == {200}
    assert {status[each] for each in theirs + missing} == {404}
    assert {status[each] for each in full} == {422}
    assert len(titles(alice, tag="new", limit=100)) == 120
    assert titles(bob, tag="new") == []
    assert entries_in_table() == entries_of_facts()


def test_nothing_tells_what_is_anothers_from_what_is_not_there(alice: Person, bob: Person) -> None:
    draft = created(bob, visibility="draft")
    before = everything()

    theirs, missing = edit_many(alice, draft, NOBODYS, visibility="public").json["items"]

    assert theirs | {"id": NOBODYS} == missing
    assert everything() == before


def test_one_that_would_have_too_many_is_left_as_it_is(alice: Person) -> None:
    full = create(alice, tags=[f"{n}" for n in range(30)]).json
    made = created(alice)

    refused, done = edit_many(alice, full["id"], made, add_tags=["new"]).json["items"]

    assert (refused["status"], done["status"]) == (422, 200)
    assert "/add_tags" in refused["detail"]
    assert read(full["id"]).json == full


def test_a_full_one_can_change_one_tag_for_another(alice: Person) -> None:
    full = created(alice, tags=[f"{n}" for n in range(30)])

    [done] = edit_many(alice, full, add_tags=["new"], remove_tags=["0"]).json["items"]

    assert done["status"] == 200


def test_an_id_that_is_there_twice_is_done_once(alice: Person) -> None:
    made = created(alice)

    done = edit_many(alice, made, made, made, add_tags=["a"])

    assert len(done.json["items"]) == 1
    assert read(made).json["version"] == 2


def test_a_repeat_changes_no_tag(alice: Person) -> None:
    made = created(alice, tags=["a"])

    for _ in range(2):
        edit_many(alice, made, add_tags=["b", "a"], remove_tags=["c"])

    assert read(made).json["tags"] == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"ids": []}, "/ids"),
        ({"ids": [NOBODYS[:-3] + f"{n:03}" for n in range(201)]}, "/ids"),
        ({"ids": [NOBODYS, "x"]}, "/ids/1"),
        ({"add_tags": ["good", "b;ad"]}, "/add_tags/1"),
        ({"remove_tags": [f"{n}" for n in range(31)]}, "/remove_tags"),
        ({"add_badges": ["barista", "nobodys"]}, "/add_badges/1"),
        ({"add_badges": list("abcdef")}, "/add_badges"),
        ({"visibility": "secret"}, "/visibility"),
        ({"title": "One for all"}, "/title"),
        ({"owner": NOBODYS}, "/owner"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    alice: Person, body: dict[str, Any], pointer: str
) -> None:
    set_profile(alice, badges=[{"name": "Barista"}])
    made = created(alice)
    before = everything()

    refused = edit_many(alice, made, **body)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert everything() == before
