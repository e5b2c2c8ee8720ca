"""Which picture an entry has: the one its feed names, else one its text shows; none that counts readers."""

from typing import Any

import pytest

from sources import feeds, json_feed
from sources.entries import Entry, entry
from tests.functions.timeline.acting import NOBODYS
from timeline.attachments import NewAttachment

AT = "https://blog.example/2026/roasting/"


def of(**said: Any) -> Entry:
    made = entry(key="1", url=AT, title="Roasting", **said)
    assert made
    return made


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p>First</p><img src="https://cdn.example/a.jpg" alt="A  drum">', "https://cdn.example/a.jpg"),
        ('<img src="a.jpg">', f"{AT}a.jpg"),
        ('<img src="/a.jpg">', "https://blog.example/a.jpg"),
        ('<img src="data:image/gif;base64,R0"><img src="/a.jpg">', "https://blog.example/a.jpg"),
        ('<img src="/grey.gif" data-src="/a.jpg">', "https://blog.example/a.jpg"),
        ('<img src="https://stat.example/1.gif" width="1" height="1"><img src="/a.jpg">', "https://blog.example/a.jpg"),
        ('<img class="wp-smiley" src="/smile.png"><img src="/a.jpg">', "https://blog.example/a.jpg"),
        ('<img src="javascript:alert(1)">', None),
        ('<img src="ftp://blog.example/a.jpg">', None),
        ('<img alt="nothing"><img src="">', None),
        ("<p>Words alone</p>", None),
        ("<img src='/a.jpg", None),
    ],
)  # fmt: skip
def test_the_first_that_its_text_shows(html: str, found: str | None) -> None:
    picture = of(html=html).picture

    assert (picture.url if picture else None) == found


def test_what_it_shows_is_said_with_it() -> None:
    picture = of(html='<img src="/a.jpg" alt="A  drum\n of copper">').picture

    assert picture
    assert picture.alt == "A drum of copper"


@pytest.mark.parametrize("alt", ["A \u202edrum", "A \x00drum", "A \u200bdrum"])
def test_what_it_shows_is_said_in_words_that_a_highlight_may_have(alt: str) -> None:
    picture = of(html=f'<img src="/a.jpg" alt="{alt}">').picture

    assert picture
    assert NewAttachment(id=NOBODYS, alt=picture.alt).alt == picture.alt


def test_what_the_feed_names_comes_first() -> None:
    pictures = ["", "data:x", "https://cdn.example/named.jpg"]

    assert of(html='<img src="/a.jpg">', pictures=pictures).picture == ("https://cdn.example/named.jpg", "")


ITEM = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><item>
<title>Roasting</title><link>https://blog.example/1</link>{}</item></channel></rss>"""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('<media:content url="https://cdn.example/1.jpg" medium="image"/>', "https://cdn.example/1.jpg"),
        ('<media:content url="https://cdn.example/1.mp4" type="video/mp4"/>', None),
        ('<media:thumbnail url="https://i.ytimg.com/vi/x/hq.jpg"/>', "https://i.ytimg.com/vi/x/hq.jpg"),
        ('<enclosure url="https://cdn.example/1.png" type="image/png" length="9"/>', "https://cdn.example/1.png"),
        ('<enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="9"/>', None),
    ],
)  # fmt: skip
def test_feeds_name_it_in_their_ways(said: str, found: str | None) -> None:
    [made] = feeds.read(
        ITEM.format(said).encode(), "application/rss+xml", "https://blog.example/feed"
    ).entries

    assert (made.picture.url if made.picture else None) == found


def test_json_feeds_name_it() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items":
        [{"id": "1", "url": "https://blog.example/1", "content_text": "x", "image": "/1.jpg"}]}"""

    [made] = json_feed.read(body, "https://blog.example/feed.json").entries

    assert made.picture == ("https://blog.example/1.jpg", "")
