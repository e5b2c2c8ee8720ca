"""The picture of a preview: from the page's host through the media path, and whose it then is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core import keys, media, pictures, table
from media import process_upload
from previews import picturing, show_picture, store
from previews.fetch_preview import handler
from previews.finding import outcome
from previews.preview import digest, shown
from tests.functions.buckets import UPLOADS
from tests.functions.media.samples import picture
from tests.functions.previews.events import told
from tests.web import Answer, Web, drip, page, redirect, reset

PNG = b"\x89PNG\r\n\x1a\n and more"
MADE = {
    "renditions": [{"url": "/media/x/480.webp", "width": 480, "height": 240, "bytes": 9}],
    "width": 1000,
    "height": 500,
    "placeholder": "data:image/webp;base64,AAAA",
}


def names(address: str) -> Answer:
    return page(
        f'<title>A talk</title><meta property="og:image" content="{address}">', content_type="text/html"
    )


@pytest.fixture
def url(web: Web) -> str:
    """Of a page with a picture."""
    web.answers |= {"/talk": names("/a.png"), "/a.png": page(PNG, content_type="image/png")}
    return web.url("/talk")


def fetched(url: str) -> dict[str, Any]:
    """The preview, once it is wanted (again) and the event has come."""
    store.ask(url, store.get(url), datetime.now(UTC))
    event = {"preview_id": digest(url), "version": 1}
    assert told(handler, event, event) == []
    return preview(url)


def preview(url: str) -> dict[str, Any]:
    return table.get(keys.preview(digest(url)), consistent=True) or {}


def stored(media_id: str) -> dict[str, Any]:
    return table.get(keys.media(media_id), consistent=True) or {}


def settle(media_id: str, state: str, **made: Any) -> None:
    table.write(table.put(stored(media_id) | {"state": state} | made))
    event = {"media_id": media_id, "version": 3}
    assert told(show_picture.handler, event, event) == []


def uploads(s3: Any) -> list[str]:
    return [each["Key"] for each in s3.list_objects_v2(Bucket=UPLOADS).get("Contents", [])]


def all_media() -> list[dict[str, Any]]:
    return table.query(keys.media_of("preview")["gsi2pk"], index="gsi2", limit=9)[0]


def test_it_is_put_into_quarantine_and_belongs_to_the_preview(url: str, s3: Any) -> None:
    held = fetched(url)["picture"]

    assert held == {"id": held["id"], "kind": "image", "state": "waiting", "renditions": []}
    assert s3.get_object(Bucket=UPLOADS, Key=held["id"])["Body"].read() == PNG
    item = stored(held["id"])
    assert (item["owner"], item["content_type"], item["size"]) == ("preview", "image/png", len(PNG))
    assert item["refs"] == {digest(url): "preview"}
    assert shown(preview(url)).picture is None


def test_what_is_made_of_it_is_shown(web: Web, url: str) -> None:
    web.answers["/a.png"] = page(picture("JPEG", (600, 300)), content_type="image/jpg")
    media_id = fetched(url)["picture"]["id"]

    assert told(process_upload.handler, {"object": {"key": media_id}}) == []
    event = {"media_id": media_id, "version": 2}
    assert told(show_picture.handler, event, event) == []

    seen = shown(preview(url)).picture
    assert seen
    assert web.place not in seen.model_dump_json()
    assert (seen.width, seen.height) == (600, 300)
    assert seen.placeholder
    assert all(each.url.startswith(f"/media/{media_id}/") for each in seen.renditions)


def test_it_is_shown_in_the_shape_of_media(url: str) -> None:
    settle(fetched(url)["picture"]["id"], "ready", **MADE)

    assert shown(preview(url)).model_dump()["picture"] == MADE


def test_a_refused_one_is_not_shown_nor_taken_again(web: Web, url: str) -> None:
    settle(fetched(url)["picture"]["id"], "refused", reason="It is damaged.")

    assert preview(url)["picture"]["state"] == "refused"
    assert shown(preview(url)).picture is None
    fetched(url)
    assert len([each for each in web.asked if each.path == "/a.png"]) == 1


@pytest.mark.parametrize(
    "answer",
    [
        page("<svg/>", content_type="image/svg+xml"),
        page("<html>", content_type="text/html"),
        page(PNG),
        page(b"", content_type="image/png"),
        page(PNG, status=404, content_type="image/png"),
        page(b"x" * 101, content_type="image/png"),
        drip("HTTP/1.1 200 Fine\r\ncontent-type: image/png\r\n\r\n", "x", 0.05),
        reset,
        redirect("http://169.254.169.254/latest/meta-data/"),
        redirect("http://127.0.0.1:9001/2018-06-01/runtime/invocation/next"),
    ],
    ids=["svg", "page", "untold", "empty", "missing", "large", "slow", "broken", "cloud", "runtime"],
)
def test_what_is_no_picture_leaves_the_preview_without_one(
    answer: Answer, web: Web, url: str, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_MOST_BYTES", 100)
    monkeypatch.setattr(pictures, "_SECONDS", 0.4)
    web.answers["/a.png"] = answer

    item = fetched(url)

    assert (item["state"], item["found"]["title"]) == ("ready", "A talk")
    assert "picture" not in item
    assert uploads(s3) == []
    assert all_media() == []


@pytest.mark.parametrize(
    "inside",
    ["http://169.254.169.254/a.png", "http://10.0.0.1/a.png", "http://[::1]/a.png", "http://127.0.0.1/"],
)
def test_a_picture_inside_is_not_taken(inside: str, web: Web, s3: Any) -> None:
    web.answers["/talk"] = names(inside)

    item = fetched(web.url("/talk"))

    assert (item["state"], item.get("picture")) == ("ready", None)
    assert uploads(s3) == []


def test_one_host_is_not_asked_for_pictures_all_the_time(
    web: Web, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_HOSTS", pictures._HOSTS._replace(times=1))
    web.answers["/other"] = names("/b.png")

    assert "picture" in fetched(url)
    assert "picture" not in fetched(web.url("/other"))
    assert "/b.png" not in [each.path for each in web.asked]


def test_a_refresh_keeps_the_picture_that_the_page_still_names(web: Web, url: str) -> None:
    media_id = fetched(url)["picture"]["id"]
    settle(media_id, "ready", **MADE)

    again = fetched(url)

    assert [each.path for each in web.asked] == ["/talk", "/a.png", "/talk"]
    assert again["picture"]["id"] == media_id
    assert shown(again).picture
    assert stored(media_id)["refs"] == {digest(url): "preview"}


def test_one_that_failed_is_tried_at_the_next_refresh(web: Web, url: str) -> None:
    web.answers["/a.png"] = page(status=500)
    assert "picture" not in fetched(url)

    web.answers["/a.png"] = page(PNG, content_type="image/png")

    assert "picture" in fetched(url)


@pytest.mark.parametrize("other", ["/b.png", "/gone.png", ""])
def test_another_picture_or_none_releases_the_former(other: str, web: Web, url: str) -> None:
    former = fetched(url)["picture"]["id"]
    web.answers |= {"/b.png": page(PNG, content_type="image/png"), "/talk": names(other)}

    item = fetched(url)

    assert stored(former)["refs"] == {}
    assert stored(former)["gsi1pk"] == keys.MEDIA_DUE  # where it is looked at, and removed
    now = item.get("picture")
    assert bool(now) == (other == "/b.png")
    assert now is None or stored(now["id"])["refs"] == {digest(url): "preview"}
    settle(former, "ready", **MADE)
    assert preview(url).get("picture") == now


def test_a_page_that_is_down_keeps_its_picture(web: Web, url: str) -> None:
    held = fetched(url)["picture"]
    web.answers["/talk"] = page(status=503)

    assert fetched(url)["picture"] == held
    assert stored(held["id"])["refs"] == {digest(url): "preview"}


def test_a_preview_that_is_forgotten_lets_go_of_its_picture(url: str) -> None:
    media_id = fetched(url)["picture"]["id"]
    event = {"preview_id": digest(url), "version": 2}
    assert told(handler, event) == []
    assert stored(media_id)["refs"] == {digest(url): "preview"}

    table.write(table.delete(keys.preview(digest(url))))
    assert told(handler, event, event) == []

    assert stored(media_id)["refs"] == {}
    note = table.get(keys.preview_picture(digest(url)), consistent=True)
    assert note
    assert note.keys() == {keys.PK, keys.SK, keys.TTL}


def test_who_wants_a_forgotten_preview_anew_gets_a_new_picture(url: str) -> None:
    former = fetched(url)["picture"]["id"]
    table.write(table.delete(keys.preview(digest(url))))

    new = fetched(url)["picture"]["id"]  # before the news of its end came

    assert told(handler, {"preview_id": digest(url), "version": 2}) == []
    assert stored(former)["refs"] == {}
    assert stored(new)["refs"] == {digest(url): "preview"}
    note = table.get(keys.preview_picture(digest(url)), consistent=True)
    assert note
    assert (note["media_id"], keys.TTL in note) == (new, False)


def test_one_that_is_ready_before_it_is_referred_to_is_shown_all_the_same(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer = media.refer

    def late(to: media.Shown, *holder: Any) -> table.Write:
        """The worker is faster than the look at what it does."""
        if stored(to.id)["state"] == "waiting":
            table.write(table.put(stored(to.id) | {"state": "ready"} | MADE))
        return refer(to, *holder)

    monkeypatch.setattr(media, "refer", late)

    item = fetched(url)

    assert shown(item).model_dump()["picture"] == MADE
    assert stored(item["picture"]["id"])["refs"] == {digest(url): "preview"}


def test_who_is_asked_anew_meanwhile_leaves_its_picture_to_the_sweep(url: str) -> None:
    now = datetime.now(UTC)
    store.ask(url, None, now)
    early = store.wanted(digest(url))
    assert early
    current = fetched(url)["picture"]["id"]

    picturing.keep(early, outcome(url, now), now)

    assert preview(url)["picture"]["id"] == current
    assert sorted(len(stored(each["id"])["refs"]) for each in all_media()) == [0, 1]


def test_an_upload_that_fails_is_tried_again(url: str, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ask(url, None, datetime.now(UTC))
    event = {"preview_id": digest(url), "version": 1}
    with monkeypatch.context() as patch:
        patch.setenv("UPLOADS_BUCKET", "no-such-bucket")
        assert told(handler, event) == ["0"]

    assert told(handler, event) == []

    assert uploads(s3) == [preview(url)["picture"]["id"]]
