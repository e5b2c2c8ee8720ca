from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import keys, table
from sources import poll_source
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from tests.functions.sources.acting import (
    FEED,
    STORY,
    activated,
    add,
    arrived,
    edit,
    entries,
    follow_up,
    poll,
    poll_item,
    poll_now,
    read,
    rss,
    serve,
    standing,
    titles,
)
from tests.functions.timeline.acting import edit as edit_highlight
from tests.web import Web, drip, page, redirect

SECOND = ("story-2", "Second crack", "2026-11-10", "<p>It is dark now.</p>")
THIRD = ("story-3", "Third wave", "2026-11-20", "<p>Light again.</p>")


@pytest.fixture
def source(alice: Person, web: Web) -> str:
    serve(web, rss(STORY))
    return activated(alice, web)


def test_a_preview_shows_what_there_is_and_takes_nothing(alice: Person, web: Web) -> None:
    serve(web, rss(SECOND, STORY))

    found = read(alice, add(alice, web))

    assert (found["state"], found["title"], found["trouble"]) == ("previewing", "Torra Lenta", None)
    assert [(each["title"], each["start"], each["state"]) for each in found["entries"]] == [
        ("Second crack", "2026-11-10", "found"),
        ("First crack", "2026-11-01", "found"),
    ]
    assert found["polled_at"]
    assert found["next_poll_at"] is None
    assert titles(alice) == []


def test_a_new_story_comes_by_itself(alice: Person, web: Web, source: str) -> None:
    serve(web, rss(SECOND, STORY))
    poll(source)

    assert titles(alice) == ["Second crack", "First crack"]
    [second, first] = standing(alice)
    assert (second["kind"], second["visibility"], second["tags"]) == ("article", "draft", ["coffee"])
    assert second["html"] == "<p>It is dark now.</p>"
    assert [each["url"] for each in second["links"]] == ["https://blog.example/story-2"]
    assert first["html"] == "<p>It <strong>cracks</strong> at 196 degrees.</p>"
    assert read(alice, source)["catch"]["new"] == 1


def test_what_was_there_before_is_history_and_what_comes_then_is_news(
    alice: Person, web: Web, source: str
) -> None:
    today = datetime.now(UTC).date().isoformat()
    serve(web, rss(("new", "Hot from the press", today, "x"), SECOND, STORY))
    poll(source)

    assert [(each["title"], each["imported"]) for each in standing(alice)] == [
        ("Hot from the press", False),
        ("Second crack", True),
        ("First crack", True),
    ]


def test_it_is_published_at_once_with_tags_if_its_member_says_so(alice: Person, web: Web) -> None:
    serve(web, rss(STORY))
    activated(alice, web, publish="at_once", tags=["torra"])

    [item] = standing(alice)
    assert (item["visibility"], item["tags"]) == ("public", ["torra", "coffee"])


def test_the_same_feed_twice_is_one_highlight_each(alice: Person, web: Web, source: str) -> None:
    serve(web, rss(STORY), etag='"two"')
    poll(source)
    poll(source, timedelta(hours=60))

    assert titles(alice) == ["First crack"]


def test_an_edited_story_is_followed_but_not_over_the_members_own(
    alice: Person, web: Web, source: str
) -> None:
    edit_highlight(alice, standing(alice)[0]["id"], title="Mine")
    serve(web, rss((STORY[0], "First crack, revised", STORY[2], "<p>At 197.</p>")))
    poll(source)

    [item] = standing(alice)
    assert (item["title"], item["html"]) == ("Mine", "<p>At 197.</p>")
    assert read(alice, source)["catch"]["changed"] == 1


def test_an_unchanged_source_costs_one_request_and_one_write(
    web: Web, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(web, rss(STORY), etag='"one"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")
    poll(source)
    web.answers[FEED] = page(status=304)
    web.asked.clear()
    written: list[str] = []
    call = table.dynamodb.call

    def counted(name: str, body: Any) -> Any:
        written.append(name)
        return call(name, body)

    monkeypatch.setattr(table.dynamodb, "call", counted)

    later = {"source_id": source, "version": 0}
    table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
    written.clear()
    assert told(poll_source.handler, later) == []

    [asked] = web.asked
    assert (asked.headers["if-none-match"], asked.headers["if-modified-since"]) == (
        '"one"',
        "Mon, 23 Nov 2026 10:00:00 GMT",
    )
    assert asked.headers["user-agent"].startswith("Polyfolio/1.0 (+https://")
    assert [name for name in written if name not in ("GetItem", "Query")] == ["UpdateItem"]


def test_two_pollers_at_once_look_once(alice: Person, web: Web, source: str) -> None:
    web.asked.clear()
    poll_now(alice, source)
    event = {"source_id": source, "version": 2}

    assert told(poll_source.handler, event, event, event) == []

    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "code", "wait"),
    [
        (404, {}, "not-found", timedelta(minutes=15)),
        (500, {}, "failing", timedelta(minutes=15)),
        (503, {"retry_after": "7200"}, "busy", timedelta(hours=2)),
        (429, {"retry_after": "5"}, "busy", timedelta(minutes=15)),
        (429, {"retry_after": "1000000000"}, "busy", timedelta(days=1)),
    ],
)
def test_a_source_that_is_down_says_why_and_recovers(
    status: int, headers: dict[str, str], code: str, wait: timedelta, alice: Person, web: Web, source: str
) -> None:
    serve(web, "no", status=str(status), **headers)
    poll_now(alice, source)
    follow_up(source)

    found = read(alice, source)
    assert found["trouble"]["code"] == code
    until = datetime.fromisoformat(found["next_poll_at"]) - datetime.now(UTC)
    assert abs(until - wait) < timedelta(seconds=30)
    assert titles(alice) == ["First crack"]

    serve(web, rss(SECOND, STORY))
    poll(source)
    assert titles(alice) == ["Second crack", "First crack"]
    assert read(alice, source)["trouble"] is None


def test_it_backs_off_twice_as_long_each_time_up_to_a_day(web: Web, source: str) -> None:
    serve(web, "no", status="500")
    waits = []
    for _ in range(9):
        table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
        follow_up(source)
        waits.append(datetime.fromisoformat(poll_item(source)["next_at"]) - datetime.now(UTC))

    minutes = [round(wait.total_seconds() / 60) for wait in waits]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


def test_one_that_is_gone_for_good_is_asked_no_more(alice: Person, web: Web, source: str) -> None:
    serve(web, "", status="410")
    poll_now(alice, source)
    follow_up(source)

    found = read(alice, source)
    assert (found["state"], found["trouble"]["code"], found["next_poll_at"]) == ("stopped", "gone", None)
    assert edit(alice, source, state="active").json["next_poll_at"]


def test_a_host_that_asks_for_peace_has_it_from_all(
    alice: Person, bob: Person, web: Web, source: str
) -> None:
    other = activated(bob, web)
    serve(web, "", status="429", retry_after="3600")
    poll_now(alice, source)
    follow_up(source)
    web.asked.clear()

    poll_now(bob, other)
    follow_up(other)

    assert not web.asked
    assert poll_item(other)["next_at"] == table.get(keys.host(web.place), consistent=True)["until"]  # type: ignore[index]


def test_a_refusal_is_told_when_it_does_not_pass(alice: Person, web: Web, source: str) -> None:
    web.answers[FEED] = page("<html>", status=403, cf_mitigated="challenge", content_type="text/html")
    waits = []
    for _ in range(4):
        table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
        follow_up(source)
        waits.append(datetime.fromisoformat(poll_item(source)["next_at"]) - datetime.now(UTC))

    assert [round(wait.total_seconds() / 3600) for wait in waits] == [6, 12, 24, 24]
    assert read(alice, source)["trouble"] is None
    poll(source, timedelta(days=4))
    assert "does not let us read it" in read(alice, source)["trouble"]["reason"]


def test_an_address_that_moved_is_kept_until_it_stays_so_for_days(
    alice: Person, web: Web, source: str
) -> None:
    web.answers["/new.xml"] = page(rss(STORY, SECOND), content_type="application/rss+xml")
    web.answers[FEED] = redirect("/new.xml", 301)
    poll(source)
    assert read(alice, source)["feed_url"] == web.url(FEED)

    web.answers["/new.xml"] = page(rss(STORY, SECOND, THIRD), content_type="application/rss+xml")
    poll(source, timedelta(days=8))
    assert read(alice, source)["feed_url"] == web.url("/new.xml")


def test_a_page_instead_of_the_feed_is_told_the_third_time(alice: Person, web: Web, source: str) -> None:
    serve(web, "<html><title>Log in</title></html>", content_type="text/html")
    told_of = []
    for _ in range(3):
        table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
        follow_up(source)
        told_of.append(read(alice, source)["trouble"])

    assert told_of[:2] == [None, None]
    assert told_of[2]["code"] == "no-feed"
    assert titles(alice) == ["First crack"]


def test_the_feed_of_a_page_is_found(alice: Person, web: Web) -> None:
    head = f'<link rel="alternate" type="application/rss+xml" href="{FEED}">'
    web.answers["/blog"] = page(f"<!doctype html><head>{head}</head>", content_type="text/html")
    serve(web, rss(STORY))

    found = read(alice, add(alice, web, address=web.url("/blog")))

    assert found["feed_url"] == web.url(FEED)
    assert [each["title"] for each in found["entries"]] == ["First crack"]


def test_a_feed_that_no_page_names_is_found_at_its_usual_place(alice: Person, web: Web) -> None:
    web.answers["/blog"] = page("<!doctype html><p>Hello", content_type="text/html")
    web.answers["/blog/rss.xml"] = page(rss(STORY), content_type="text/xml")

    assert read(alice, add(alice, web, address=web.url("/blog")))["feed_url"] == web.url("/blog/rss.xml")


def test_what_is_no_feed_is_refused_clearly(alice: Person, web: Web) -> None:
    serve(web, "just text", content_type="text/plain")

    found = read(alice, add(alice, web))

    assert found["trouble"]["reason"].startswith("It is no feed. Give the address of a feed")
    assert found["next_poll_at"] is None


@pytest.mark.parametrize(
    "answer",
    [
        drip("HTTP/1.1 200 Fine\r\ncontent-length: 9999999\r\n\r\n", "x", 0.5),
        page(b"\x1f\x8bnot", content_encoding="gzip"),
        redirect("http://169.254.169.254/latest/meta-data/"),
        redirect(FEED, 301),
        page("<rss><channel><item " + " ".join(f"a{n}='1'" for n in range(60_000)) + "/></channel></rss>"),
    ],
    ids=["drip", "no gzip", "to the inside", "loop", "attributes"],
)
@pytest.mark.usefixtures("child")  # fmt: skip
def test_a_hostile_server_is_survived(
    answer: Any, alice: Person, web: Web, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.polling._SECONDS", 1.0)
    web.answers[FEED] = answer
    poll_now(alice, source)

    began = datetime.now(UTC)
    follow_up(source)

    assert datetime.now(UTC) - began < timedelta(seconds=40)  # most of it is other processes
    assert poll_item(source)["errors"] == 1
    assert titles(alice) == ["First crack"]


def test_what_is_missing_between_others_is_asked_about(alice: Person, web: Web) -> None:
    serve(web, rss(THIRD, SECOND, STORY))
    source = activated(alice, web)
    for more in ("<ttl>61</ttl>", "<ttl>62</ttl>"):
        serve(web, rss(THIRD, STORY, more=more))
        table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
        follow_up(source)

    [gone] = read(alice, source)["entries"]
    assert (gone["title"], gone["state"]) == ("Second crack", "gone")
    assert len(titles(alice)) == 3

    edit(alice, source, remove=[gone["id"]])
    follow_up(source)
    arrived(f"{alice.id}#{gone['id']}")
    assert titles(alice) == ["Third wave", "First crack"]
    serve(web, rss(THIRD, SECOND, STORY))
    poll(source)
    assert len(titles(alice)) == 2


def test_what_leaves_at_the_end_of_the_feed_is_not_gone(alice: Person, web: Web) -> None:
    serve(web, rss(SECOND, STORY))
    source = activated(alice, web)
    for more in ("<ttl>61</ttl>", "<ttl>62</ttl>"):
        serve(web, rss(THIRD, SECOND, more=more))
        table.write(table.update(keys.poll(source), "SET next_at = :past", past="2026-11-24T00:00:00.000Z"))
        follow_up(source)

    assert read(alice, source)["entries"] == []
    assert {each["state"] for each in entries(source)} == {"taken"}
