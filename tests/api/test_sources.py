"""Feeds, hubs and tools that write onto timelines by themselves, from the address to the highlight."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from core import keys
from infra import operate
from infra.local.deploy import client as aws_client
from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.functions.media.samples import picture
from tests.web import Visit, Web, page

PAST = "2026-01-01T00:00:00.000Z"


def feed(web: Web, path: str, *stories: tuple[str, str], hub: str = "", more: str = "") -> str:
    links = f"<link rel='hub' href='{web.url(hub)}'/><link rel='self' href='{web.url(path)}'/>" if hub else ""
    entries = "".join(
        f"<entry><id>urn:story:{path}:{key}</id><title>{title}</title>"
        f"<published>2026-11-2{key}T10:00:00Z</published><updated>2026-11-24T10:00:00Z</updated>"
        f"<content type='html'>&lt;p&gt;{title}.{escape(more)}</content></entry>"
        for key, title in stories
    )
    start = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A blog</title>"
    body = f"{start}{links}{entries}</feed>"
    web.answers[path] = page(body, content_type="application/atom+xml", etag=f'"{hash(body)}"')
    return body


def titles(of: Client) -> list[str]:
    items: list[dict[str, Any]] = of.get(f"/v1/members/{of.handle}/highlights").json()["items"]
    return [each["title"] for each in items]


def source(of: Client, source_id: str) -> dict[str, Any]:
    return dict(of.get(f"/v1/sources/{source_id}").raise_for_status().json())


def connected(of: Client, web: Web, path: str, **changes: Any) -> str:
    """A source whose preview was taken over."""
    new = {"kind": "feed", "address": web.url(path)} | changes
    source_id = str(of.post("/v1/sources", json=new).raise_for_status().json()["id"])
    soon(lambda: source(of, source_id), lambda found: found["polled_at"] is not None, within=60)
    edit = {"state": "active", "take": "all"}
    of.patch(f"/v1/sources/{source_id}", json=edit).raise_for_status()
    return source_id


def tick(deployed: Deployed, source_id: str) -> None:
    """The schedule, when this source is due."""
    due = keys.poll_due(PAST, source_id)
    operate._table("local").update_item(
        Key=keys.poll(source_id)._asdict(),
        UpdateExpression="SET next_at = :past, gsi1pk = :pk, gsi1sk = :sk",
        ExpressionAttributeValues={":past": PAST, ":pk": due["gsi1pk"], ":sk": due["gsi1sk"]},
    )
    event = '{"Records": [{"messageId": "1", "body": "{\\"detail\\": {}}"}]}'
    functions = aws_client(deployed.cloud, "lambda")
    answer = functions.invoke(FunctionName="polyfolio-local-poll_due_sources", Payload=event.encode())
    assert b'"batchItemFailures": []' in answer["Payload"].read()


@pytest.fixture
def path() -> str:
    return f"/{secrets.token_hex(6)}.xml"


def test_a_feed_comes_onto_the_timeline_and_stays_as_its_member_has_it(
    deployed: Deployed, join: Callable[[str], Client], web: Web, path: str
) -> None:
    ida = join("ida")
    feed(web, path, ("2", "Second"), ("1", "First"))
    source_id = connected(ida, web, path, publish="at_once", tags=["blog"])
    soon(lambda: titles(ida), lambda found: found == ["Second", "First"], within=60)
    [second, _] = ida.get(f"/v1/members/{ida.handle}/highlights").json()["items"]
    assert (second["imported"], second["tags"], second["kind"]) == (True, ["blog"], "article")

    ida.patch(f"/v1/highlights/{second['id']}", json={"title": "Mine"}).raise_for_status()
    feed(web, path, ("3", "Third"), ("2", "Second, revised"), ("1", "First"))
    tick(deployed, source_id)
    tick(deployed, source_id)
    soon(lambda: titles(ida), lambda found: found == ["Third", "Mine", "First"], within=60)
    shown = soon(
        lambda: ida.get(f"/v1/highlights/{second['id']}").json(),
        lambda found: "revised" in found["html"],
        within=60,
    )
    assert shown["title"] == "Mine"

    web.answers[path] = page("no", status=500)
    tick(deployed, source_id)
    soon(lambda: source(ida, source_id)["trouble"], lambda trouble: trouble is not None, within=60)
    feed(web, path, ("4", "Fourth"), ("3", "Third"), ("2", "Second, revised"), ("1", "First"))
    ida.post(f"/v1/sources/{source_id}/polls").raise_for_status()
    soon(lambda: titles(ida), lambda found: found == ["Fourth", "Third", "Mine", "First"], within=60)
    assert source(ida, source_id)["trouble"] is None
    assert [each["id"] for each in ida.get("/v1/sources").json()["items"]] == [source_id]

    [fourth] = [
        each["id"] for each in entries_of(source_id) if each["title"] == "Fourth"
    ]  # their ids are shown where there is something to decide
    ida.patch(f"/v1/sources/{source_id}", json={"remove": [fourth]}).raise_for_status()
    soon(lambda: titles(ida), lambda found: found == ["Third", "Mine", "First"], within=60)
    ida.delete(f"/v1/sources/{source_id}", params={"highlights": "remove"}).raise_for_status()
    soon(lambda: titles(ida), lambda found: found == ["Mine"], within=60)
    assert ida.get(f"/v1/sources/{source_id}").status_code == 404


def test_the_picture_of_a_story_comes_with_it_and_is_served_from_here(
    join: Callable[[str], Client], visitor: httpx.Client, web: Web, path: str
) -> None:
    ida, shown = join("ida"), f"{path}.jpg"
    web.answers[shown] = page(picture("JPEG", (600, 300)), content_type="image/jpeg")
    feed(web, path, ("1", "First"), more=f'<img src="{web.url(shown)}" alt="A kiln">')
    connected(ida, web, path, publish="at_once")

    def cover() -> dict[str, Any]:
        items = ida.get(f"/v1/members/{ida.handle}/highlights").json()["items"]
        return next((each["cover"] or {} for each in items), {})

    seen = soon(cover, lambda found: found.get("state") == "ready", within=120)
    assert (seen["alt"], seen["width"], seen["height"]) == ("A kiln", 600, 300)
    assert visitor.get(seen["renditions"][0]["url"]).content[:4] == b"RIFF"
    assert len([each for each in web.asked if each.path == shown]) == 1
    assert ida.get("/v1/me/media").json()["items"][0]["id"] == seen["id"]


def entries_of(source_id: str) -> list[dict[str, Any]]:
    key = keys.found_entry(source_id, "")
    condition = "pk = :pk AND begins_with(sk, :entry)"
    values = {":pk": key.pk, ":entry": key.sk}
    answer = operate._table("local").query(KeyConditionExpression=condition, ExpressionAttributeValues=values)
    return list(answer["Items"])


def test_a_hub_tells_of_news_within_seconds_and_a_poll_at_once_makes_no_second(
    deployed: Deployed, join: Callable[[str], Client], visitor: httpx.Client, web: Web, path: str
) -> None:
    ida, hub = join("ida"), f"{path}-hub"
    asked: list[dict[str, str]] = []

    def subscribe(visit: Visit) -> None:
        [last] = [each for each in web.asked if each.path == hub][-1:]
        asked.append({name: values[0] for name, values in parse_qs(last.body.decode()).items()})
        page("", status=202)(visit)

    web.answers[hub] = subscribe
    feed(web, path, ("1", "First"), hub=hub)
    source_id = connected(ida, web, path)
    soon(lambda: len(asked), lambda many: many > 0, within=60)
    said = asked[0]
    assert (said["hub.mode"], said["hub.topic"]) == ("subscribe", web.url(path))
    callback = "/v1/websub/" + said["hub.callback"].rpartition("/")[2]
    about = {
        "hub.mode": "subscribe",
        "hub.topic": web.url(path),
        "hub.challenge": "<b>x",
        "hub.lease_seconds": "9999",
    }
    verified = visitor.get(callback, params=about)
    assert (verified.status_code, verified.text) == (200, "<b>x")
    assert verified.headers["content-type"].startswith("text/plain")
    assert visitor.get(callback, params=about | {"hub.topic": "https://other.example/"}).status_code == 404
    assert source(ida, source_id)["is_pushed"] is True

    body = feed(web, path, ("2", "Second"), ("1", "First"), hub=hub)
    forged = {"x-hub-signature": "sha256=" + "0" * 64, "content-type": "application/atom+xml"}
    assert visitor.post(callback, content=body.replace("Second", "Forged"), headers=forged).status_code == 204
    signature = hmac.new(said["hub.secret"].encode(), body.encode(), hashlib.sha256).hexdigest()
    signed = forged | {"x-hub-signature": f"sha256={signature}"}
    began = time.monotonic()
    assert visitor.post(callback, content=body, headers=signed).status_code == 204
    assert visitor.post(callback, content=body, headers=signed).status_code == 204
    soon(lambda: drafts(ida), lambda found: "Second" in found, within=60)
    print(f"by push: {time.monotonic() - began:.1f} s")
    tick(deployed, source_id)
    time.sleep(3)
    assert drafts(ida) == ["Second", "First"]
    ida.delete(f"/v1/sources/{source_id}").raise_for_status()
    soon(lambda: [each["hub.mode"] for each in asked], lambda modes: "unsubscribe" in modes, within=60)
    assert drafts(ida) == ["Second", "First"]


def drafts(of: Client) -> list[str]:
    found = of.get(f"/v1/members/{of.handle}/highlights", params={"visibility": "draft"})
    return [each["title"] for each in found.json()["items"]]


def test_any_tool_posts_to_an_inbox(join: Callable[[str], Client], visitor: httpx.Client) -> None:
    ida = join("ida")
    inbox = ida.post("/v1/inboxes", json={"name": "Releases"}).raise_for_status().json()
    post = {"title": "Version 2", "text": "Twice as **fast**.", "date": "2026-11", "id": "v2"}

    for _ in range(2):
        assert visitor.post(inbox["path"], json=post).status_code == 202
    soon(lambda: drafts(ida), lambda found: found == ["Version 2"], within=60)
    assert visitor.post(inbox["path"][:-1] + "~", json=post).status_code == 404
    assert [each["name"] for each in ida.get("/v1/inboxes").json()["items"]] == ["Releases"]
    assert ida.delete(f"/v1/inboxes/{inbox['id']}").status_code == 204
    assert visitor.post(inbox["path"], json=post).status_code == 404


def test_who_leaves_leaves_no_source(join: Callable[[str], Client], web: Web, path: str) -> None:
    ida = join("ida")
    feed(web, path, ("1", "First"))
    source_id = connected(ida, web, path)
    ida.post("/v1/inboxes", json={"name": "Releases"}).raise_for_status()

    assert ida.request("DELETE", "/v1/me", json={"password": ida.password}).is_success
    soon(lambda: entries_of(source_id), lambda found: found == [], within=60)
