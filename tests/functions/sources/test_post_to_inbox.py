from typing import Any

import pytest

from core import keys, table
from sources import create_inbox, delete_inbox, limits, list_inboxes, post_to_inbox
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.sources.acting import follow_arrivals, standing, titles

POST = {
    "title": "Version 2",
    "text": "Twice as **fast**.",
    "url": "https://a.example/2",
    "tags": ["Releases"],
}


def make(who: Person) -> dict[str, Any]:
    made = call(create_inbox.handler, user=who.id, body={"name": "Releases"})
    assert made.status == 201
    return dict(made.json)


def post(inbox: dict[str, Any], key: str | None = None, /, **changes: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    secret = inbox["path"].rpartition("/")[2]
    return call(post_to_inbox.handler, body=POST | changes, headers=headers, secret=secret)


def test_what_a_tool_posts_is_a_draft(alice: Person) -> None:
    assert post(make(alice), date="2026-11").status == 202
    follow_arrivals(alice)

    [item] = standing(alice)
    assert (item["title"], item["visibility"], item["start"]) == ("Version 2", "draft", "2026-11")
    assert (item["html"], item["tags"]) == ("<p>Twice as <strong>fast</strong>.</p>", ["releases"])
    assert item["links"][0]["url"] == "https://a.example/2"


def test_the_same_id_or_key_or_words_are_one(alice: Person) -> None:
    inbox = make(alice)
    for _ in range(2):
        post(inbox, id="v2")
        post(inbox, "a key", title="Another")
        post(inbox, title="Third")
        follow_arrivals(alice)
    post(inbox, id="v2", title="Version 2, mended")
    follow_arrivals(alice)

    assert sorted(titles(alice)) == ["Another", "Third", "Version 2, mended"]


def test_its_address_is_kept_nowhere_and_cannot_be_guessed(alice: Person) -> None:
    inbox = make(alice)
    secret = inbox["path"].rpartition("/")[2]

    assert secret[26:] not in str(table.get(keys.inbox(inbox["id"])))
    assert len(secret[26:]) == 32
    for wrong in (secret[:-1] + ("A" if secret[-1] != "A" else "B"), inbox["id"], "x", secret + "x"):
        assert call(post_to_inbox.handler, body=POST, secret=wrong).status == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"date": "yesterday"}, "/date"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"text": "x" * 10_001}, "/text"),
        ({"visibility": "public"}, "/visibility"),
    ],
)
def test_a_post_that_is_not_right_names_the_field(
    changes: dict[str, Any], pointer: str, alice: Person
) -> None:
    assert post(make(alice), **changes).pointers == [pointer]


def test_an_inbox_is_ones_own_and_ends(alice: Person, mallory: Person) -> None:
    inbox = make(alice)

    assert call(delete_inbox.handler, user=mallory.id, inbox_id=inbox["id"]).status == 404
    assert call(list_inboxes.handler, user=mallory.id).json["items"] == []
    [shown] = call(list_inboxes.handler, user=alice.id).json["items"]
    assert shown == {name: inbox[name] for name in ("id", "name", "created_at")}
    assert call(delete_inbox.handler, user=alice.id, inbox_id=inbox["id"]).status == 204
    assert post(inbox).status == 404


def test_a_tool_that_does_not_stop_is_stopped(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.limits.POSTS", limits.POSTS._replace(times=2))
    inbox = make(alice)

    assert [post(inbox, id=str(n)).status for n in range(3)] == [202, 202, 429]


def test_a_member_can_have_twenty(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.inboxes._MOST", 1)
    make(alice)

    assert call(create_inbox.handler, user=alice.id, body={"name": "More"}).status == 409
