import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import keys, pictures, table
from core.fetch import Fetched, FetchFailed
from previews import finding, store
from previews.fetch_preview import handler
from previews.preview import digest, shown
from tests.functions.previews.events import told
from tests.functions.previews.oembed import EVIL, PROVIDERS
from tests.web import Web, drip, page, redirect

PAGE = """<!doctype html><html><head><title>Not this</title>
<meta property="og:title" content="A talk &amp; more"><meta property="og:description" content="On coffee.">
<meta property="og:site_name" content="The Roastery"><meta property="og:image" content="/a.png">
</head><body>…</body></html>"""


def preview(url: str) -> dict[str, Any]:
    """What has become of it, once it is wanted and the event has come."""
    now = datetime.now(UTC)
    store.ask(url, store.get(url), now)
    assert told(handler, {"preview_id": digest(url), "version": 1}) == []
    return stored(url)


def stored(url: str) -> dict[str, Any]:
    item = table.get(keys.preview(digest(url)), consistent=True)
    assert item
    return item | shown(item).model_dump()


def waits(item: dict[str, Any], wait: timedelta) -> bool:
    return bool(abs(item["again"] - (datetime.now(UTC) + wait).timestamp()) < 30)


def test_a_page_is_shown_as_it_describes_itself(web: Web) -> None:
    web.answers["/talk"] = page(PAGE, content_type="text/html")

    item = preview(web.url("/talk"))

    assert (item["state"], item["title"], item["description"]) == ("ready", "A talk & more", "On coffee.")
    assert (item["site_name"], item["found"]["picture"]) == ("The Roastery", web.url("/a.png"))
    assert waits(item, timedelta(days=7))


def test_it_is_opened_once_however_often_the_event_comes(web: Web) -> None:
    web.answers["/talk"] = page(PAGE, content_type="text/html")
    preview(web.url("/talk"))

    again = {"preview_id": digest(web.url("/talk")), "version": 2}
    assert told(handler, again, again) == []

    assert [each.path for each in web.asked] == ["/talk", "/a.png"]


def test_what_nobody_wants_is_not_opened(web: Web) -> None:
    assert told(handler, {"preview_id": digest(web.url()), "version": 1}) == []
    assert not web.asked


def test_it_follows_where_the_page_has_moved(web: Web) -> None:
    web.answers |= {
        "/a": redirect("/x/b"),
        "/x/b": page(PAGE.replace("/a.png", "c.png"), content_type="text/html"),
    }

    item = preview(web.url("/a"))

    assert (item["url"], item["found"]["picture"]) == (web.url("/a"), web.url("/x/c.png"))


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (404, {}, timedelta(days=1)),
        (410, {}, timedelta(days=1)),
        (500, {}, timedelta(minutes=15)),
        (503, {"retry_after": "3600"}, timedelta(hours=1)),
        (429, {"retry_after": "5"}, timedelta(minutes=15)),
        (429, {"retry_after": "1000000000"}, timedelta(days=1)),
    ],
)
def test_a_refusal_is_remembered_for_a_while(
    status: int, headers: dict[str, str], wait: timedelta, web: Web
) -> None:
    web.answers["/"] = page("no", status=status, length=None, **headers)

    item = preview(web.url())

    assert (item["state"], item["reason"]) == ("failed", f"The server answered with status {status}.")
    assert waits(item, wait)


@pytest.mark.parametrize(
    "inside",
    [
        *(
            "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
            "http://169.254.169.254/latest/meta-data/",
        ),
        *("http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://0.0.0.0.:80/"),
    ],
)
def test_nothing_inside_is_opened_and_no_picture_of_it(inside: str, web: Web) -> None:
    web.answers["/"] = redirect(inside)

    for url in (inside, web.url()):
        item = preview(url)
        assert item["state"] == "failed"
        assert item["title"] == ""


def test_a_hostile_server_costs_one_deadline(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_SECONDS", 0.3)
    web.answers["/"] = drip("HTTP/1.1 200 Fine\r\ncontent-length: 100000\r\n\r\n", "<", 0.05)

    item = preview(web.url())

    assert item["reason"] == "The server did not answer in 0.3 seconds."
    assert waits(item, timedelta(minutes=15))


def test_an_endless_page_is_read_at_its_beginning(web: Web) -> None:
    web.answers["/"] = drip(f"HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\n\r\n{PAGE}", "<p>" * 9999, 0)

    assert preview(web.url())["title"] == "A talk & more"


@pytest.mark.parametrize(
    ("path", "answer", "title", "has_picture"),
    [
        (
            "/slides%20of%202026.pdf",
            page(b"%PDF", content_type="application/pdf"),
            "slides of 2026.pdf",
            False,
        ),
        ("/a.png", page(b"\x89PNG", content_type="image/png"), "a.png", True),
        ("/", page("<p>no head at all", content_type="text/html"), "127.0.0.1", False),
        ("/", page(b"", content_type="application/octet-stream"), "127.0.0.1", False),
    ],
)
def test_what_describes_nothing_has_its_name(
    path: str, answer: Any, title: str, has_picture: bool, web: Web
) -> None:
    web.answers[path] = answer

    item = preview(web.url(path))

    assert (item["state"], item["title"], item["site_name"]) == ("ready", title, "127.0.0.1")
    assert item["found"].get("picture") == (web.url(path) if has_picture else None)


def test_one_site_is_not_asked_for_all_of_its_pages_at_once(web: Web) -> None:
    web.answers |= {f"/{n}": page(PAGE, content_type="text/html") for n in range(31)}

    states = [preview(web.url(f"/{n}"))["state"] for n in range(31)]

    assert states == ["ready"] * 30 + ["failed"]
    assert len([each for each in web.asked if each.path != "/a.png"]) == 30
    late = stored(web.url("/30"))
    assert late["again"] - datetime.now(UTC).timestamp() <= 61


class Provider:
    """What YouTube and others answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Fetched | FetchFailed] = {}
        for opening in (finding, pictures):
            monkeypatch.setattr(opening, "fetch", self._fetch)

    def _fetch(self, url: str, **_: Any) -> Fetched:
        self.asked.append(url)
        answer = self.answers.get(url.partition("?")[0], Fetched(404, url, {}, b"", True, ()))
        if isinstance(answer, FetchFailed):
            raise answer
        return answer

    def says(self, endpoint: str, body: bytes, kind: str = "application/json") -> None:
        self.answers[endpoint] = Fetched(200, endpoint, {"content-type": kind}, body, True, ())


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    return Provider(monkeypatch)


VIDEO, YOUTUBE = "https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/oembed"


def test_a_known_provider_is_asked_for_its_word(provider: Provider) -> None:
    said = {
        "title": "A <b>film</b>",
        "html": '<iframe src="https://evil.example/"></iframe><script>alert(1)</script>',
        "thumbnail_url": "https://i.ytimg.com/vi/x/hqdefault.jpg",
        "provider_name": "Evil",
    }
    provider.says(YOUTUBE, json.dumps(said).encode())

    item = preview(VIDEO)

    asked = f"{YOUTUBE}?format=json&url=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ"
    assert provider.asked == [asked, "https://i.ytimg.com/vi/x/hqdefault.jpg"]
    assert (item["title"], item["site_name"]) == ("A <b>film</b>", "YouTube")  # plain text, as it was said
    assert item["embed"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert item["found"]["picture"] == "https://i.ytimg.com/vi/x/hqdefault.jpg"
    assert "evil" not in str(item)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"title": 3}', b"<html>", b"[" * 60_000, b'{"title": ""}', b"\xff"]
)
def test_where_it_says_nothing_the_page_does(body: bytes, provider: Provider) -> None:
    provider.says(YOUTUBE, body)
    provider.says("https://youtu.be/dQw4w9WgXcQ", PAGE.encode(), "text/html")

    item = preview(VIDEO)

    assert item["title"] in ("A talk & more", "")
    assert item["embed"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


def test_where_it_cannot_be_reached_the_page_may_be(provider: Provider) -> None:
    provider.answers[YOUTUBE] = FetchFailed("timeout", "Late.", is_passing=True)
    provider.says("https://youtu.be/dQw4w9WgXcQ", PAGE.encode(), "text/html")

    assert preview(VIDEO)["title"] == "A talk & more"


def test_slideshare_s_player_is_named_by_a_key_in_its_word(provider: Provider) -> None:
    frame = "https://www.slideshare.net/slideshow/embed_code/key/kjsh2Xa7PqLm"
    said = {"title": "Slides", "html": f'<iframe src="{frame}" onload="alert(1)"></iframe>'}
    provider.says("https://www.slideshare.net/api/oembed/2", json.dumps(said).encode())

    assert preview("https://www.slideshare.net/ana/roasting-101")["embed"] == frame


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_provider_s_word_is_understood(name: str, provider: Provider) -> None:
    provided = PROVIDERS[name]
    provider.says(provided.endpoint, json.dumps(provided.said).encode())

    item = preview(provided.url)

    assert (item["title"], item["site_name"]) == (provided.said["title"], name)
    assert (item["description"], item["embed"]) == (provided.description, provided.embed)
    assert item["found"]["picture"] == provided.said["thumbnail_url"]
    assert EVIL not in str(item)
