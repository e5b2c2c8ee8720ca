"""What members do with sources in these tests, and what follows from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from core import arrivals, keys, table
from core.table import Item
from sources import (
    create_source,
    delete_source,
    edit_source,
    get_source,
    poll_source,
    request_poll,
    settle_source,
)
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from tests.functions.timeline.acting import listed
from tests.web import Web, page
from timeline import take_arrival

STORY = ("story-1", "First crack", "2026-11-01", "<p>It <b>cracks</b> at 196 degrees.</p>")
FEED = "/feed.xml"


def rss(*stories: tuple[str, str, str, str], more: str = "") -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{key}</guid><title>{title}</title>"
        f"<link>https://blog.example/{key}?utm_source=rss</link><category>Coffee</category>"
        f"<pubDate>{datetime.fromisoformat(day):%a, %d %b %Y} 23:30:00 -0500</pubDate>"
        f"<description><![CDATA[{html}]]></description></item>"
        for key, title, day, html in stories
    )
    return f"<rss version='2.0'><channel><title>Torra Lenta</title>{more}{items}</channel></rss>"


def serve(web: Web, body: str, **headers: str) -> None:
    about: dict[str, Any] = {"content_type": "application/rss+xml"} | headers
    status = int(about.pop("status", "200"))
    web.answers[FEED] = page(body, status=status, **about)


def add(who: Person, web: Web, /, **changes: Any) -> str:
    """Its id, once it was looked at for the preview."""
    new = {"kind": "feed", "address": web.url(FEED)} | changes
    made = call(create_source.handler, user=who.id, body=new)
    assert made.status == 201, made
    follow_up(made.json["id"])
    return str(made.json["id"])


def activated(who: Person, web: Web, /, **changes: Any) -> str:
    source_id = add(who, web, **changes)
    assert edit(who, source_id, state="active", take="all").status == 200
    follow_up(source_id)
    return source_id


def edit(who: Person, source_id: str, etag: str | None = None, /, **changes: Any) -> Answer:
    headers = {"If-Match": etag} if etag else {}
    return call(edit_source.handler, user=who.id, body=changes, headers=headers, source_id=source_id)


def read(who: Person, source_id: str) -> dict[str, Any]:
    answer = call(get_source.handler, user=who.id, source_id=source_id)
    assert answer.status == 200, answer
    return dict(answer.json)


def remove(who: Person, source_id: str, highlights: str = "keep") -> None:
    identities = [item["id"] for item in entries(source_id)]
    answer = call(delete_source.handler, user=who.id, query={"highlights": highlights}, source_id=source_id)
    assert answer.status == 204
    follow_up(source_id)
    for each in identities:
        arrived(f"{who.id}#{each}")


def follow_up(source_id: str) -> None:
    """All that follows, as the queues bring it."""
    event = {"source_id": source_id, "version": 1}
    assert told(settle_source.handler, event) == []
    assert told(poll_source.handler, event) == []
    fact = table.get(keys.source(source_id))
    if fact:
        who = Person(fact["member_id"], "")
        follow_arrivals(who)


def follow_arrivals(who: Person) -> None:
    """Those that are there, and those of entries whose arrival is gone."""
    partition = keys.arrivals_of(who.id)["gsi2pk"]
    for item in table.query(partition, index="gsi2", limit=300)[0]:
        arrived(item["id"])


def arrived(arrival_id: str) -> None:
    assert told(take_arrival.handler, {"arrival_id": arrival_id, "version": 1}) == []


def poll(source_id: str, after: timedelta = timedelta(hours=27)) -> None:
    """The next look, some time later."""
    with time_machine.travel(datetime.now(UTC) + after, tick=True):
        follow_up(source_id)


def poll_now(who: Person, source_id: str) -> Answer:
    return call(request_poll.handler, user=who.id, source_id=source_id)


def standing(who: Person) -> list[dict[str, Any]]:
    return list(listed(who, who, limit=100).json["items"])


def titles(who: Person) -> list[str]:
    return [item["title"] for item in standing(who)]


def entries(source_id: str) -> list[Item]:
    key = keys.found_entry(source_id, "")
    return table.query(key.pk, (key.sk, f"{key.sk}~"), limit=300, consistent=True)[0]


def poll_item(source_id: str) -> Item:
    return table.get(keys.poll(source_id), consistent=True) or {}


def arrival_of(who: Person, identity: str) -> str:
    return f"{who.id}#{arrivals.digest(identity)}"
