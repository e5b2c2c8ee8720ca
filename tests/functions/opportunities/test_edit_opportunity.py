from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.opportunities.acting import NOBODYS, close, edit, everything, posted, read, titles
from tests.racing import at_once

SOON = str(datetime.now(UTC).date() + timedelta(days=2))


def test_changes_what_is_sent_and_the_board_with_it(alice: Person) -> None:
    made = posted(alice, tags=["a", "b"])

    changed = edit(alice, made, title="Another", tags=["b", "c"], place="Porto", text="*New*", deadline=SOON)

    assert (changed.status, changed.json["version"]) == (200, 2)
    assert (changed.json["html"], changed.json["paid"]) == ("<p><em>New</em></p>", True)
    assert changed.json["expires_at"].startswith(str(datetime.now(UTC).date() + timedelta(days=3)))
    assert [titles(tag=each) for each in ("a", "b", "c")] == [[], ["Another"], ["Another"]]
    assert [titles(place=each) for each in ("Lisboa", "porto")] == [[], ["Another"]]


def test_what_is_for_members_from_now_on_leaves_the_public_board(alice: Person, bob: Person) -> None:
    made = posted(alice)

    edit(alice, made, visibility="members")

    assert (titles(), titles(bob)) == ([], ["A booklet"])


def test_closes_it_with_what_came_of_it_for_good(alice: Person, bob: Person) -> None:
    made = posted(alice, tags=["a"])

    closed = edit(alice, made, state="closed", outcome="found-elsewhere", outcome_note="A neighbour.")

    assert (closed.json["state"], closed.json["outcome"]) == ("closed", "found-elsewhere")
    assert titles() == titles(bob) == titles(tag="a") == []
    assert titles(alice, mine="true") == ["A booklet"]
    assert edit(alice, made, title="Again").status == close(alice, made).status == 409


def test_others_have_nothing_to_edit(alice: Person, bob: Person) -> None:
    made = posted(alice)
    before = everything()

    missing = edit(alice, NOBODYS, title="Mine")

    assert missing.status == 404
    assert edit(bob, made, title="Mine").json == missing.json
    assert everything() == before


def test_a_stale_edit_changes_nothing(alice: Person) -> None:
    made = posted(alice)
    seen = read(made, alice).headers["etag"]
    assert edit(alice, made, seen, title="New").status == 200

    assert edit(alice, made, seen, title="Too late").status == 412
    assert read(made).json["title"] == "New"


def test_of_two_edits_at_once_none_is_lost(alice: Person) -> None:
    made = posted(alice)

    changes: list[dict[str, Any]] = [{"title": "New"}, {"payment": "900 €"}]
    answers = at_once(*(lambda each=each: edit(alice, made, **each) for each in changes))

    now = read(made).json
    for each, answer in zip(changes, answers, strict=True):
        [(name, value)] = each.items()
        assert (now[name] == value) is (answer.status == 200)
        assert answer.status in (200, 412)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"state": "closed"}, "/outcome"),
        ({"outcome": "found"}, "/state"),
        ({"outcome_note": "Well."}, "/state"),
        ({"state": "open", "outcome": "found"}, "/state"),
        ({"place": ""}, "/place"),
        ({"deadline": "2001-01-01"}, "/deadline"),
        ({"listed_at": "2026-01-01"}, "/listed_at"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    alice: Person, changes: dict[str, object], pointer: str
) -> None:
    made = posted(alice)
    before = everything()

    refused = edit(alice, made, **changes)

    assert (refused.status, refused.pointers) == (422, [pointer])
    assert everything() == before
