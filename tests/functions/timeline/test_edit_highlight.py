import random
from collections.abc import Mapping
from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    NOBODYS,
    answer,
    create,
    created,
    delete,
    edit,
    edit_many,
    everything,
    read,
    set_profile,
    titles,
)
from tests.functions.timeline.test_list_highlights_order import BADGES, some_highlight
from tests.racing import at_once
from timeline import store


def entries_in_table() -> dict[tuple[str, str], Any]:
    """Of the owners' timelines; without what is null, which the table does not hold."""
    found = [item for item in everything() if item["pk"].startswith("TIMELINE#") and "shared" not in item]
    return {(item["pk"], item["sk"]): _plain(item) for item in found}


def entries_of_facts() -> dict[tuple[str, str], Any]:
    facts = [store.highlight(item) for item in everything() if item["sk"] == "HIGHLIGHT"]
    return {key: _plain(item) for fact in facts for key, item in store.entries(fact).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def test_changes_what_is_sent_and_nothing_else(alice: Person) -> None:
    old = create(alice, text="Old", tags=["a"], links=[{"url": "https://e.org"}]).json

    new = edit(alice, old["id"], title="New", tags=["B", "a"])

    assert new.status == 200
    changed = {"title": "New", "tags": ["b", "a"], "version": 2, "updated_at": new.json["updated_at"]}
    assert new.json == old | changed
    assert read(old["id"], alice).json == new.json
    assert titles(alice, tag="b") == ["New"]


def test_makes_new_html_of_a_new_text(alice: Person) -> None:
    made = created(alice, text="*old*")

    assert edit(alice, made, title="Same text").json["html"] == "<p><em>old</em></p>"
    assert edit(alice, made, text="*new*").json["html"] == "<p><em>new</em></p>"


def test_takes_away_what_is_null(alice: Person) -> None:
    job = created(alice, kind="job")
    made = created(alice, start="2018", end="2019", under=job)

    new = edit(alice, made, end=None, under=None, ongoing=True).json

    assert (new["end"], new["under"], new["ongoing"]) == (None, None, True)
    assert titles(alice, under=job) == []


def test_a_stranger_is_refused_as_for_what_is_not_there(alice: Person, bob: Person, mallory: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    before = everything()

    for stranger in (bob, mallory):
        refused = edit(stranger, made, title="Mine")
        assert refused.status == 404
        assert refused.json == edit(stranger, NOBODYS, title="Mine").json
    assert everything() == before


def test_a_stale_etag_is_refused(alice: Person) -> None:
    first = create(alice)
    second = edit(alice, first.json["id"], first.headers["etag"], title="Second")
    assert second.status == 200
    before = everything()

    assert edit(alice, first.json["id"], first.headers["etag"], title="Third").status == 412
    assert everything() == before
    assert edit(alice, first.json["id"], second.headers["etag"], title="Third").status == 200


def test_the_etag_of_a_list_or_of_a_visitors_read_is_as_good(alice: Person) -> None:
    made = created(alice)

    assert edit(alice, made, read(made).headers["etag"], title="Second").status == 200


@pytest.mark.parametrize(
    "etag", ['"0-x"', '"2-x"', '"x"', "x", '""', '"-1"', f'"{"9" * 5000}"', '"²"', '"1.0"']
)
def test_an_etag_that_is_none_is_refused(alice: Person, etag: str) -> None:
    assert edit(alice, created(alice), etag, title="New").status == 412


@pytest.mark.parametrize("etag", ["*", '"1-anything"', 'W/"1-weak"', None])
def test_the_version_alone_decides(alice: Person, etag: str | None) -> None:
    assert edit(alice, created(alice), etag, title="New").status == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": None}, "/title"),
        ({"title": ""}, "/title"),
        ({"kind": None}, "/kind"),
        ({"start": None}, "/start"),
        ({"start": "2021"}, "/end"),
        ({"end": "2017"}, "/end"),
        ({"ongoing": True}, "/end"),
        ({"tags": None}, "/tags"),
        ({"tags": [f"{n}" for n in range(31)]}, "/tags"),
        ({"badges": ["nobodys"]}, "/badges/0"),
        ({"under": NOBODYS}, "/under"),
        ({"collaborators": [{"handle": "nobody"}]}, "/collaborators/0/handle"),
        ({"visibility": None}, "/visibility"),
        ({"version": 9}, "/version"),
        ({"member_id": NOBODYS}, "/member_id"),
        ({"html": "<b>"}, "/html"),
        ({"pk": "x"}, "/pk"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    alice: Person, change: dict[str, Any], pointer: str
) -> None:
    made = created(alice, start="2019", end="2020")
    before = everything()

    refused = edit(alice, made, **change)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert everything() == before


def test_does_not_stand_under_itself(alice: Person) -> None:
    job = created(alice, kind="job")

    assert edit(alice, job, under=job).pointers == ["/under"]


def test_keeps_a_badge_that_its_member_has_no_more(alice: Person) -> None:
    set_profile(alice, badges=[{"name": "Barista"}])
    made = created(alice, badges=["barista"])
    set_profile(alice, badges=[{"name": "Engineer"}])

    assert edit(alice, made, badges=["barista", "engineer"]).status == 200
    assert edit(alice, made, badges=["barista", "engineer", "x"]).pointers == ["/badges/2"]
    assert edit(alice, made, badges=["engineer"]).status == 200
    assert edit(alice, made, badges=["engineer", "barista"]).pointers == ["/badges/1"]


def test_keeps_a_parent_that_is_there_no_more(alice: Person) -> None:
    job = created(alice, kind="job")
    made = created(alice, under=job)
    delete(alice, job)

    assert edit(alice, made, title="New").json["under"] == job
    assert edit(alice, made, under=job).status == 200


def test_answered_collaborators_stay_answered(alice: Person, bob: Person, mallory: Person) -> None:
    both = [{"handle": bob.handle, "role": "Drums"}, {"handle": mallory.handle}]
    made = created(alice, collaborators=both)
    answer(bob, made, "accepted", role="Percussion")
    answer(mallory, made, "declined")

    kept = edit(alice, made, collaborators=[both[1], both[0] | {"role": "Triangle"}, {"name": "Zoë"}])

    told = [(each["state"], each["role"]) for each in kept.json["collaborators"]]
    assert told == [("declined", ""), ("confirmed", "Percussion"), ("named", "")]


def test_a_collaborator_named_anew_is_asked_anew(alice: Person, bob: Person) -> None:
    made = created(alice, collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")

    edit(alice, made, collaborators=[])
    again = edit(alice, made, collaborators=[{"handle": bob.handle}])

    assert again.json["collaborators"][0]["state"] == "claimed"


def test_of_parallel_edits_of_one_version_one_wins(alice: Person) -> None:
    made = create(alice)
    etag, highlight_id = made.headers["etag"], made.json["id"]

    answers = at_once(*[lambda n=n: edit(alice, highlight_id, etag, title=f"{n}") for n in range(12)])

    [won] = [each for each in answers if each.status == 200]
    assert {each.status for each in answers} == {200, 412}
    assert read(highlight_id, alice).json == won.json
    assert entries_in_table() == entries_of_facts()


def test_parallel_edits_lose_nothing_that_was_answered_with_ok(alice: Person) -> None:
    made = created(alice)

    answers = at_once(
        *[lambda n=n: edit(alice, made, title=f"{n}") for n in range(6)],
        *[lambda n=n: edit_many(alice, made, add_tags=[f"tag {n}"]) for n in range(3)],
    )

    edits, bulks = answers[:6], [each.json["items"][0]["status"] for each in answers[6:]]
    now = read(made, alice).json
    assert {each.status for each in edits} <= {200, 412}
    assert now["version"] == 1 + [each.status for each in edits].count(200) + bulks.count(200)
    assert len(now["tags"]) == bulks.count(200)
    assert entries_in_table() == entries_of_facts()


def test_a_deleted_one_does_not_come_back(alice: Person) -> None:
    made = created(alice)

    deleted, *edits = at_once(
        lambda: delete(alice, made),
        *[lambda n=n: edit(alice, made, title=f"{n}") for n in range(5)],
    )

    assert {each.status for each in edits} <= {200, 404, 412}
    assert read(made, alice).status == (404 if deleted.status == 204 else 200)
    assert entries_in_table() == entries_of_facts()


@pytest.mark.parametrize("seed", range(4))
def test_the_entries_are_always_those_of_the_facts(alice: Person, bob: Person, seed: int) -> None:
    dice = random.Random(seed)
    set_profile(alice, badges=[{"id": badge, "name": badge} for badge in BADGES])
    jobs = [created(alice, kind="job", start="2017") for _ in range(2)]
    ids = [
        created(alice, **some_highlight(dice, jobs), collaborators=[{"handle": bob.handle}]) for _ in range(4)
    ]

    for _ in range(40):
        one = dice.choice(ids)
        whole = some_highlight(dice, jobs)
        some = {name: whole[name] for name in dice.sample(list(whole), dice.randint(1, 8))}
        match dice.randrange(5):
            case 0:
                answer(bob, one, dice.choice(("accepted", "declined")))
            case 1:
                edit_many(alice, *ids[:2], add_tags=some_highlight(dice, jobs)["tags"], remove_tags=["yoga"])
            case 2 if dice.random() < 0.3:
                delete(alice, one)
                ids[ids.index(one)] = created(alice, **whole, collaborators=[{"handle": bob.handle}])
            case _:
                edit(alice, one, **some)
        assert entries_in_table() == entries_of_facts()
