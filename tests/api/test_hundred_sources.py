"""A hundred sources that are due at once, of which some are hostile: the others are looked at on time."""

import secrets
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from core import clock, keys
from core.table import Item
from infra import operate
from infra.local.deploy import client as aws_client
from tests.api.conftest import Client, Deployed
from tests.api.test_sources import PAST, tick
from tests.web import Web, drip, let_functions_read, page, tell

WELL_BEHAVED = 99
ON_TIME_SECONDS = 300  # from one tick of the schedule to the next
FEED = "<rss version='2.0'><channel><title>A quiet blog</title></channel></rss>"
ATTRIBUTES = " ".join(f"a{n}=''" for n in range(100_000))
START = "HTTP/1.1 200 Fine\r\ncontent-type: application/rss+xml\r\n\r\n"
HOSTILE = {
    "/endless": drip(START + FEED[:20], " ", every=0.5),
    "/attributes": page(
        f"<rss version='2.0'><channel><item {ATTRIBUTES}/>", content_type="application/rss+xml"
    ),
    "/long": page(FEED + " " * 6_000_000, content_type="application/rss+xml"),
}


@pytest.fixture
def webs(deployed: Deployed, web: Web) -> Iterator[list[Web]]:
    """Two, for of one host no more than sixty are asked in five minutes."""
    functions = aws_client(deployed.cloud, "lambda")
    with Web() as other:
        tell(functions, FETCH_ALLOWED=f"{web.place} {other.place}")
        yield [web, other]
    let_functions_read(web, functions)


def due(member_id: str, feed_url: str) -> tuple[Item, Item]:
    """A source that was taken over long ago, and what is known of looking at it."""
    source_id, at = clock.new_id(), clock.timestamp(clock.now() - timedelta(days=30))
    fact: Item = {"id": source_id, "member_id": member_id, "kind": "feed", "address": feed_url}
    fact |= {"root": feed_url, "state": "active", "publish": "draft", "badges": [], "tags": [], "author": ""}
    fact |= {"version": 1, "created_at": at, "updated_at": at}
    poll: Item = {"next_at": PAST, "source_id": source_id, "feed_url": feed_url, "title": "", "errors": 0}
    return (
        keys.source(source_id)._asdict() | fact | keys.sources_of(member_id, source_id),
        keys.poll(source_id)._asdict() | poll | keys.poll_due(PAST, source_id),
    )


def test_ninety_nine_are_looked_at_on_time_whatever_the_others_do(
    deployed: Deployed, join: Callable[[str], Client], webs: list[Web]
) -> None:
    ida, folder = join("ida"), f"/{secrets.token_hex(6)}"
    webs[0].answers |= HOSTILE
    hostile = [due(ida.id, webs[0].url(path)) for path in HOSTILE]
    good: list[tuple[Item, Item]] = []
    for number in range(WELL_BEHAVED):
        web, path = webs[number % 2], f"{folder}/{number}.xml"
        web.answers[path] = page(FEED, content_type="application/rss+xml")
        good.append(due(ida.id, web.url(path)))
    with operate._table("local").batch_writer() as batch:
        for item in (each for source in (*hostile, *good) for each in source):
            batch.put_item(Item=item)

    began = time.monotonic()
    tick(deployed, hostile[0][0]["id"])

    waited = within(began, lambda: not_yet(good, lambda poll: "polled_at" in poll))
    print(f"99 sources beside 3 hostile ones: {waited:.0f} s")
    within(began, lambda: not_yet(hostile, lambda poll: poll["errors"] > 0))
    asked = [each.path for web in webs for each in web.asked if each.path.startswith(folder)]
    assert len({*asked}) == len(asked) == WELL_BEHAVED


def not_yet(sources: list[tuple[Item, Item]], is_done: Callable[[Item], bool]) -> list[str]:
    """The addresses of those of which it does not hold."""
    stored = operate._table("local")
    wanted = [
        keys.poll(poll["source_id"])._asdict() for _, poll in sources
    ]  # of which DynamoDB gives 100 at once
    answer = stored.meta.client.batch_get_item(RequestItems={stored.name: {"Keys": wanted}})
    return [str(each["feed_url"]) for each in answer["Responses"][stored.name] if not is_done(each)]


def within(began: float, left: Callable[[], list[str]]) -> float:
    """After how many seconds nothing was left."""
    while some := left():
        assert time.monotonic() - began < ON_TIME_SECONDS, some
        time.sleep(1)
    return time.monotonic() - began
