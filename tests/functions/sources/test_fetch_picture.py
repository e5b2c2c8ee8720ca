"""The picture of a story: from its host through the media path onto the highlight, as its member's own."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from core import arrivals, keys, media, pictures, table
from media import delete_media, list_media, process_upload
from sources import fetch_picture
from tests.cloud import call
from tests.functions.buckets import UPLOADS, in_bucket, made
from tests.functions.conftest import Person
from tests.functions.media.samples import picture
from tests.functions.previews.events import told
from tests.functions.sources.acting import activated, follow_arrivals, poll, remove, rss, serve, standing
from tests.functions.timeline.acting import edit
from tests.web import Web, page
from timeline import show_media

JPEG = picture("JPEG", (600, 300))
LIMITS = {"image": 10, "quota": 1}
QUOTA = 1_000_000


@pytest.fixture(autouse=True)
def s3(cloud: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - it must be there
    with made(monkeypatch, MEDIA_LIMITS=json.dumps(LIMITS)) as buckets:
        yield buckets


def story(web: Web, *names: str, title: str = "First crack") -> str:
    shown = "".join(f'<img src="{web.url(each)}" alt="A drum">' for each in names)
    return rss(("story-1", title, "2026-11-01", f"<p>It cracks.</p>{shown}"))


@pytest.fixture
def source_id(web: Web, alice: Person) -> str:
    """Of a story with a picture."""
    web.answers |= {"/a.jpg": page(JPEG, content_type="image/jpeg")}
    serve(web, story(web, "/a.jpg"))
    return activated(alice, web)


def come(who: Person) -> list[str]:
    """Of all that has arrived, the picture and what follows from it; which of the events failed."""
    partition = keys.arrivals_of(who.id)["gsi2pk"]
    events = [
        {"arrival_id": item["id"], "version": 1} for item in table.query(partition, index="gsi2", limit=9)[0]
    ]
    failed = told(fetch_picture.handler, *events, *events)
    follow_arrivals(who)
    return failed


def processed(s3: Any) -> None:
    for each in in_bucket(s3, UPLOADS):
        assert told(process_upload.handler, {"object": {"key": each}}) == []
        assert told(show_media.handler, {"media_id": each, "version": 2}) == []


def cover(who: Person) -> dict[str, Any] | None:
    [item] = standing(who)
    return item.get("cover") or None


def mine(who: Person) -> dict[str, Any]:
    return dict(call(list_media.handler, user=who.id).json)


@pytest.mark.usefixtures("source_id")
def test_it_becomes_the_members_own_media_on_the_highlight(web: Web, alice: Person, s3: Any) -> None:
    assert come(alice) == []
    processed(s3)

    shown = cover(alice)
    assert shown
    assert (shown["state"], shown["width"], shown["height"], shown["alt"]) == ("ready", 600, 300, "A drum")
    assert web.place not in json.dumps(shown)
    assert [each["id"] for each in mine(alice)["items"]] == [shown["id"]]
    assert mine(alice)["used"] == len(JPEG)


@pytest.mark.usefixtures("source_id")
def test_it_is_fetched_once_whatever_else_changes(web: Web, alice: Person) -> None:
    come(alice)
    come(alice)

    assert len([each for each in web.asked if each.path == "/a.jpg"]) == 1
    assert standing(alice)[0]["media_count"] == 1


@pytest.mark.usefixtures("source_id")
def test_it_may_come_before_the_words(web: Web, bob: Person) -> None:
    """Events come in any order."""
    table.write(arrivals.arrived(bob.id, "medium:1", "source_1", {
        "kind": "article", "title": "T", "start": "2026", "picture": {"url": web.url("/a.jpg"), "alt": ""},
    }))  # fmt: skip

    come(bob)

    assert cover(bob)


def test_another_picture_replaces_it(web: Web, alice: Person, source_id: str) -> None:
    come(alice)
    former = cover(alice)
    web.answers["/b.jpg"] = page(JPEG, content_type="image/jpeg")
    serve(web, story(web, "/b.jpg", title="Second crack"))
    poll(source_id)
    come(alice)

    now = cover(alice)
    assert former
    assert now
    assert now["id"] != former["id"]
    assert mine(alice)["items"][0]["id"] == now["id"]
    assert (table.get(keys.media(former["id"])) or {})["refs"] == {}


def test_a_story_that_shows_none_any_more_keeps_it(web: Web, alice: Person, source_id: str) -> None:
    come(alice)
    serve(web, story(web, title="Second crack"))
    poll(source_id)
    come(alice)

    assert standing(alice)[0]["title"] == "Second crack"
    assert cover(alice)


def test_what_the_member_made_of_it_stays(web: Web, alice: Person, source_id: str) -> None:
    come(alice)
    edit(alice, standing(alice)[0]["id"], media=[])
    web.answers["/b.jpg"] = page(JPEG, content_type="image/jpeg")
    serve(web, story(web, "/b.jpg"))
    poll(source_id)
    come(alice)

    assert cover(alice) is None


@pytest.mark.usefixtures("source_id")
def test_one_that_its_member_has_deleted_does_not_come_back(alice: Person, web: Web) -> None:
    come(alice)
    shown = cover(alice)
    assert shown
    edit(alice, standing(alice)[0]["id"], media=[])
    assert call(delete_media.handler, user=alice.id, media_id=shown["id"]).status == 204

    assert come(alice) == []

    assert cover(alice) is None
    assert len([each for each in web.asked if each.path == "/a.jpg"]) == 1


def test_taken_back_as_a_whole_it_is_let_go(alice: Person, source_id: str) -> None:
    come(alice)
    shown = cover(alice)
    assert shown

    remove(alice, source_id, "remove")

    assert standing(alice) == []
    assert (table.get(keys.media(shown["id"])) or {})["refs"] == {}


@pytest.mark.parametrize(
    "answer",
    [
        page("<svg/>", content_type="image/svg+xml"),
        page("<p>", content_type="text/html"),
        page(status=404),
    ],
)
def test_a_story_stands_without_what_is_not_to_be_had(
    answer: Any, web: Web, alice: Person, source_id: str, s3: Any
) -> None:
    assert source_id
    web.answers["/a.jpg"] = answer

    assert come(alice) == []

    assert cover(alice) is None
    assert len(standing(alice)) == 1
    assert in_bucket(s3, UPLOADS) == set()
    assert mine(alice)["used"] == 0


@pytest.mark.usefixtures("source_id")
def test_it_takes_no_more_room_than_its_member_has(alice: Person, s3: Any) -> None:
    table.write(media.charge(alice.id, QUOTA - len(JPEG) + 1, QUOTA))

    assert come(alice) == []

    assert cover(alice) is None
    assert in_bucket(s3, UPLOADS) == set()
    assert mine(alice)["used"] == QUOTA - len(JPEG) + 1


@pytest.mark.usefixtures("source_id")
def test_a_refused_one_is_told_to_its_owner_alone(web: Web, alice: Person, s3: Any) -> None:
    web.answers["/a.jpg"] = page(b"\xff\xd8\xff no picture", content_type="image/jpeg")

    come(alice)
    processed(s3)

    shown = cover(alice)
    assert shown
    assert shown["state"] == "refused"
    assert shown["renditions"] == []
    assert len(standing(alice)) == 1


@pytest.mark.usefixtures("source_id")
def test_a_host_is_left_alone_and_asked_later(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(pictures, "_HOSTS", pictures._HOSTS._replace(times=0))
        assert come(alice) == ["0", "1"]  # the queue brings them again
    assert cover(alice) is None

    assert come(alice) == []

    assert cover(alice)
