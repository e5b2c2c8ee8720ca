"""What is read of feeds of every sort, by small samples of our own."""

import time
from typing import Any

import pytest

from sources import reading
from sources.child import answer
from sources.entries import Feed, address, day
from sources.taking import identity

PAGE = "https://blog.example/feed.xml"
MEDIUM = "https://medium.com/feed/@ana"


def at(root: str) -> dict[str, str]:
    """What is known of a source there."""
    return {"kind": "feed", "root": root}


def channel(inside: str) -> str:
    return f"<rss version='2.0'><channel><title>t</title>{inside}</channel></rss>"


def read(body: str | bytes, url: str = PAGE) -> Feed:
    found = answer(body.encode() if isinstance(body, str) else body, "", url)
    return Feed.model_validate(found["feed"])


def medium(item: str) -> Any:
    channel = "<title>Stories by Ana on Medium</title><generator>Medium</generator>"
    start = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    return read(f"{start}{channel}<item>{item}</item></channel></rss>", MEDIUM).entries[0]


STORY = """<title>First crack</title>
<link>https://medium.com/@ana/first-crack-9f0c1b2a3d4e?source=rss-1------2</link>
<guid isPermaLink="false">https://medium.com/p/9f0c1b2a3d4e</guid><category>coffee</category>
<content:encoded><![CDATA[<p>It cracks.</p><hr><p><a href="https://a.example/">First crack</a>
was originally published in <a href="https://medium.com/torra">Torra</a> on Medium, where people go on.</p>
<img src="https://medium.com/_/stat?event=post.clientViewed&postId=9f" width="1">]]></content:encoded>"""


def test_a_story_of_medium_is_its_text_alone() -> None:
    story = medium(STORY)

    assert (story.text, story.url) == ("It cracks.", "https://medium.com/@ana/first-crack-9f0c1b2a3d4e")
    assert not story.is_reply


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("https://medium.com/p/9f0c1b2a3d4e", None),
        ("  https://medium.com/p/9f0c1b2a3d4e\n ", "https://other.example/x"),
        ("", "https://blog.roastery.example/first-crack-9f0c1b2a3d4e"),
        ("", "https://ana.medium.com/first-crack-9f0c1b2a3d4e?source=rss-1------2"),
    ],
)
def test_one_story_of_medium_has_one_name_whatever_its_host(key: str, url: str | None) -> None:
    story = medium(STORY).model_copy(update={"key": key.strip(), "url": url})

    assert identity(story, at(MEDIUM)) == "medium:9f0c1b2a3d4e"


def test_what_may_be_a_reply_is_marked() -> None:
    reply = medium("<title>I do agree</title><guid>https://medium.com/p/9f0c1b2a3d4e</guid>")

    assert reply.is_reply


def test_an_id_of_the_whole_web_is_the_same_at_every_address() -> None:
    entry = read(channel("<item><guid>http://b.example/1</guid><title>x</title></item>")).entries[0]

    secure = entry.model_copy(update={"key": "https://b.example/1"})
    local = entry.model_copy(update={"key": "1"})
    assert identity(entry, at(PAGE)) == identity(secure, at("https://b.example/other"))
    assert identity(local, at(PAGE)) != identity(local, at("https://b.example/other"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Tue, 03 Mar 2026 23:30:00 -0500", "2026-03-03"),
        ("2026-03-03T00:30:00+13:00", "2026-03-03"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-01-01T00:00:00Z", None),
        ("2026-13", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_no_time_zone_moves_a_day_and_nothing_is_invented(said: str | None, found: str | None) -> None:
    assert day(said) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("/a?utm_source=x&b=1", "https://blog.example/a?b=1"),
        ("https://a.example/#v2", "https://a.example/#v2"),
        ("javascript:alert(1)", None),
        ("java&#x0A;script:alert(1)", "https://blog.example/java&#x0A;script:alert(1)"),
        ("data:text/html,x", None),
        ("http://user:secret@a.example/", None),
    ],
)
def test_only_addresses_of_the_web_are_links(said: str, found: str | None) -> None:
    assert address(said, PAGE) == found


def test_json_feeds_of_both_versions_are_read() -> None:
    items = """[
        {"id": "1", "content_text": "Plain & <b>\\n\\nsecond", "date_published": "2026-03-03T10:00Z"},
        {"id": 2, "url": "/two", "title": "Two", "content_html": "<p>x</p>", "tags": ["a"]},
        {"id": "3"}, "no"]"""
    start = '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": '
    feed = read(start + items + ', "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]}')

    first, second = feed.entries
    assert (feed.title, feed.hub, feed.count) == ("J", "https://hub.example/", 3)
    assert (first.title, first.text, first.start) == (
        "Plain & <b> second",
        "Plain & \\<b>\n\nsecond",
        "2026-03-03",
    )
    assert (second.key, second.url, second.tags) == ("2", "https://blog.example/two", ["a"])


def test_what_has_no_title_is_called_by_its_beginning() -> None:
    words = "Roasting " * 30
    entry = read(channel(f"<item><guid>1</guid><description>{words}</description></item>")).entries[0]

    assert entry.is_untitled
    assert entry.title.startswith("Roasting Roasting")
    assert entry.title.endswith("…")


def test_of_a_hundred_thousand_items_the_first_are_read_in_time() -> None:
    items = "<item><guid>{0}</guid><title>n {0}</title></item>"
    body = "<rss version='2.0'><channel><title>t</title>" + "".join(map(items.format, range(100_000)))

    began = time.process_time()
    feed = read(body + "</channel></rss>")

    assert time.process_time() - began < 5
    assert (feed.count, len(feed.entries), feed.entries[0].title) == (100_000, 200, "n 0")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + channel("&x;").encode(),
        b"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (c + 1, b"&%c;" % c * 10) for c in b"abcdefgh")
        + b"]><rss version='2.0'><channel><title>&i;</title></channel></rss>",
        b"<rss version='2.0'><channel><title>t\x00</title><item><title>a\x02\xed\xa0\x80b</title></item>",
        b"{" * 100_000,
        b"",
        b"<html>" + b"<div>" * 200_000,
    ],
    ids=["outside entity", "laughs", "control characters", "deep json", "nothing", "deep page"],
)
def test_hostile_bodies_are_read_in_time_and_tell_nothing(body: bytes) -> None:
    began = time.process_time()

    found = str(answer(body, "", PAGE))

    assert time.process_time() - began < 5
    assert "root:" not in found
    assert len(found) < 10_000
    assert not set("\x00\x01\x02") & set(found)


@pytest.mark.usefixtures("child")
def test_a_child_that_takes_too_long_is_ended() -> None:
    attributes = " ".join(f"a{n}='1'" for n in range(60_000))
    body = f"<rss version='2.0'><channel><title>t</title><item {attributes}/></channel></rss>"

    assert reading.read(body.encode(), "", PAGE).refused == "It takes too long to be read."
