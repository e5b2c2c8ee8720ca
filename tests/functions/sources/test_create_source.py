from typing import Any

import pytest

from sources import create_source, delete_source, get_source, list_sources
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import NOBODYS, set_profile


def create(who: Person, key: str | None = None, /, **changes: Any) -> Answer:
    new = {"kind": "feed", "address": "https://blog.example/feed"} | changes
    headers = {"Idempotency-Key": key} if key else {}
    return call(create_source.handler, user=who.id, body=new, headers=headers)


@pytest.mark.parametrize(
    ("kind", "said", "feed"),
    [
        ("medium", "@ana", "https://medium.com/feed/@ana"),
        ("medium", "https://medium.com/@ana", "https://medium.com/feed/@ana"),
        ("medium", "medium.com/@ana/first-crack-9f0c1b2a3d4e?source=x", "https://medium.com/feed/@ana"),
        ("medium", "https://ana.medium.com/about", "https://ana.medium.com/feed"),
        ("medium", "https://medium.com/the-roastery/first-crack-9f0c1b2a3d4e", "https://medium.com/feed/the-roastery"),
        ("medium", "https://medium.com/feed/@ana", "https://medium.com/feed/@ana"),
        ("medium", "https://blog.roastery.example/some-story", "https://blog.roastery.example/feed"),
        ("feed", "@ana", "https://medium.com/feed/@ana"),
        ("feed", "blog.example", "https://blog.example/"),
        ("feed", "https://blog.example/feed?x=1", "https://blog.example/feed?x=1"),
        ("feed", "https://www.youtube.com/channel/UCE_M8A5yxnLfW0KghEeajjw/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCE_M8A5yxnLfW0KghEeajjw"),
        ("feed", "https://github.com/ana/roaster", "https://github.com/ana/roaster/releases.atom"),
        ("feed", "https://dev.to/ana", "https://dev.to/feed/ana"),
        ("feed", "https://ana.substack.com/p/first-crack", "https://ana.substack.com/feed"),
    ],
)  # fmt: skip
def test_takes_what_people_paste(kind: str, said: str, feed: str, alice: Person) -> None:
    made = create(alice, kind=kind, address=said)

    assert (made.status, made.json["feed_url"], made.json["address"]) == (201, feed, said)
    assert (made.json["state"], made.json["polled_at"]) == ("previewing", None)


@pytest.mark.parametrize(
    "said",
    [
        "https://medium.com/tag/coffee",
        "https://medium.com/feed/tag/coffee",
        "https://medium.com/search?q=me",
        "https://medium.com/",
        "https://medium.com/m/signin",
        "not an address",
        "javascript:alert(1)",
        "http://user:secret@blog.example/",
        "https://blog.example:8080/feed",
        "ftp://blog.example/feed",
    ],
)
def test_refuses_what_is_no_source_and_names_the_field(said: str, alice: Person) -> None:
    refused = create(alice, address=said)

    assert (refused.status, refused.pointers) == (422, ["/address"])


def test_refuses_badges_that_are_not_ones_own(alice: Person) -> None:
    set_profile(alice, badges=[{"id": "barista", "name": "Barista"}])

    assert create(alice, badges=["barista", "pilot"]).pointers == ["/badges/1"]


def test_a_source_is_added_once(alice: Person, bob: Person) -> None:
    first = create(alice, "one")

    assert create(alice, "one").json == first.json
    assert create(alice).status == 409
    assert create(bob).status == 201


def test_a_member_can_have_fifty(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.store.MAX_SOURCES", 2)
    answers = [create(alice, address=f"https://blog.example/{n}").status for n in range(3)]

    assert answers == [201, 201, 409]


def test_sources_are_ones_own(alice: Person, mallory: Person) -> None:
    source_id = create(alice).json["id"]

    assert [each["id"] for each in call(list_sources.handler, user=alice.id).json["items"]] == [source_id]
    assert call(list_sources.handler, user=mallory.id).json["items"] == []
    for handler in (get_source.handler, delete_source.handler):
        assert call(handler, user=mallory.id, source_id=source_id).status == 404
        assert call(handler, user=alice.id, source_id=NOBODYS).status == 404
