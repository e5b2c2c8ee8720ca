"""Public pages on the deployed stack: fresh within seconds, for everybody, and gone when they are to be."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx
import pytest

from core import keys
from infra import page_files
from infra.local.deploy import client as aws_client
from tests.api.conftest import Client, Deployed
from tests.api.test_effects import waiting
from tests.api.test_first_steps import soon
from tests.waiting import until

PATIENCE = 180  # seconds; the local cloud takes a queue's messages one batch after the other


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_to_be_done(deployed: Deployed) -> None:
    """What all tests before have changed is rendered first."""
    soon(lambda: waiting(deployed), lambda messages: not messages, within=300)


def tell(deployed: Deployed, effect: str, **detail: str) -> None:
    """As its queue does."""
    queues = aws_client(deployed.cloud, "sqs")
    url = queues.get_queue_url(QueueName=f"polyfolio-local-{effect}")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody=json.dumps({"detail": {"version": 1} | detail}))


def rendered(deployed: Deployed, member_id: str) -> Any:
    """The item that says under which handles there are pages."""
    return boto3.resource("dynamodb").Table(deployed.outputs["TableName"]), keys.rendered(member_id)._asdict()


def page(visitor: httpx.Client, path: str) -> str:
    answer = visitor.get(path)
    return answer.text if answer.status_code == 200 else ""


def stands(visitor: httpx.Client, path: str, text: str) -> Callable[[], bool]:
    return lambda: text in page(visitor, path)


def gone(visitor: httpx.Client, *paths: str) -> Callable[[], bool]:
    return lambda: {visitor.get(path).status_code for path in paths} == {404}


def test_a_highlight_stands_on_its_pages_within_seconds(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    ana = join("pia")
    until(stands(visitor, f"/@{ana.handle}", "Pia"), within=PATIENCE)  # and the first call starts processes
    until(stands(visitor, f"/h/{ana.create(title='First')['id']}", "First"), within=PATIENCE)

    made = ana.create(title="A fresh one", start="2021-03")
    until(stands(visitor, f"/h/{made['id']}", "A fresh one"), within=PATIENCE)
    for path in (f"/@{ana.handle}", f"/@{ana.handle}/2021", f"/@{ana.handle}?year=2021"):
        assert "A fresh one" in page(visitor, path), path

    ana.patch(f"/v1/highlights/{made['id']}", json={"visibility": "members"}).raise_for_status()
    until(gone(visitor, f"/h/{made['id']}"), within=PATIENCE)
    assert "A fresh one" not in page(visitor, f"/@{ana.handle}")
    assert visitor.get(f"/@{ana.handle}/2021").status_code == 404


def test_documents_are_found_by_their_addresses(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    quentin = join("quentin")
    home = f"/@{quentin.handle}"
    until(stands(visitor, home, "Quentin"), within=PATIENCE)

    kinds = {
        "feed.rss": "application/rss+xml",
        "feed.atom": "application/atom+xml",
        "feed.json": "application/feed+json",
        "resume.json": "application/json",
    }
    for name, kind in kinds.items():
        answer = visitor.get(f"{home}/{name}")
        assert answer.headers["content-type"].startswith(kind)
        assert "Quentin" in answer.text
    host = urlsplit(deployed.base_url).netloc
    finger = visitor.get(
        "/.well-known/webfinger",
        params={"resource": f"acct:{quentin.handle}@{host}"},
        headers={"origin": "https://elsewhere.example"},
    )
    assert finger.headers["content-type"] == "application/jrd+json"
    assert finger.headers["access-control-allow-origin"] == "*"
    assert finger.json()["subject"].startswith(f"acct:{quentin.handle}@")
    embedded = visitor.get("/oembed", params={"url": f"{deployed.base_url}{home}"}).json()
    assert (embedded["type"], embedded["title"]) == ("link", "Quentin")
    until(stands(visitor, f"/sitemap/{quentin.handle[:2]}.xml", quentin.handle), within=PATIENCE)


def test_pages_and_what_they_are_made_with_are_kept_and_locked_as_they_should(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    rosa = join("rosa")
    until(stands(visitor, f"/@{rosa.handle}", "Rosa"), within=PATIENCE)

    for path in (f"/@{rosa.handle}", "/", f"/@{rosa.handle}/nowhere"):
        headers = visitor.get(path).headers
        assert "s-maxage=2" in headers["cache-control"], path
        assert headers["content-type"] == "text/html; charset=utf-8"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'self'"), path
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "max-age=31536000" in headers["strict-transport-security"]
    seen = visitor.get(f"/@{rosa.handle}").headers["etag"]
    assert visitor.get(f"/@{rosa.handle}", headers={"if-none-match": seen}).status_code == 304
    for path in page_files.files():
        assert "immutable" in visitor.get(f"/{path}").headers["cache-control"]


def test_whoever_hides_or_goes_by_another_handle_is_not_where_they_were(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    sam = join("sam")
    made = sam.create(title="By Sam")
    until(stands(visitor, f"/h/{made['id']}", "By Sam"), within=PATIENCE)
    until(stands(visitor, f"/@{sam.handle}", "By Sam"), within=PATIENCE)

    new = f"{sam.handle}-2"
    sam.put("/v1/me/handle", json={"handle": new}).raise_for_status()
    until(stands(visitor, f"/@{new}", "By Sam"), within=PATIENCE)
    until(stands(visitor, f"/h/{made['id']}", f"/@{new}"), within=PATIENCE)
    until(lambda: visitor.get(f"/@{sam.handle}/2020").status_code == 301, within=PATIENCE)
    assert visitor.get(f"/@{sam.handle}/2020").headers["location"] == f"/@{new}/2020"
    assert visitor.get(f"/@{new.upper()}").headers["location"] == f"/@{new}"

    sam.patch("/v1/me", json={"visibility": "members"}).raise_for_status()
    until(
        gone(visitor, f"/@{new}", f"/@{new}/2020", f"/@{new}/feed.rss", f"/h/{made['id']}"), within=PATIENCE
    )
    assert "No page for everybody" in visitor.get(f"/@{new}").text
    assert visitor.get(f"/@{sam.handle}").text.replace(sam.handle, "") == visitor.get(
        "/@nobody-at-all"
    ).text.replace("nobody-at-all", "")


def test_what_members_wrote_together_stands_with_both(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    tom, uma = join("tom"), join("uma")
    made = tom.create(title="By two", start="2021", collaborators=[{"handle": uma.handle}])
    uma.put(f"/v1/highlights/{made['id']}/collaboration", json={"state": "accepted"}).raise_for_status()

    until(stands(visitor, f"/@{uma.handle}/2021", "By two"), within=PATIENCE)
    tom.patch("/v1/me", json={"visibility": "members"}).raise_for_status()
    until(lambda: "By two" not in page(visitor, f"/@{uma.handle}"), within=PATIENCE)


def test_an_opportunity_stands_on_the_board_and_on_its_own(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    vera = join("vera")
    new = {
        "activity": "mentor",
        "title": "A mentor for Vera",
        "text": "Twice a *month*.",
        "paid": False,
        "remote": True,
    }
    made = vera.post("/v1/opportunities", json=new).raise_for_status().json()
    until(stands(visitor, f"/o/{made['id']}", "A mentor for Vera"), within=PATIENCE)
    until(stands(visitor, "/opportunities", made["id"]), within=PATIENCE)

    vera.delete(f"/v1/opportunities/{made['id']}").raise_for_status()
    until(gone(visitor, f"/o/{made['id']}"), within=PATIENCE)
    until(lambda: made["id"] not in page(visitor, "/opportunities"), within=PATIENCE)


def test_nothing_is_left_of_who_has_left(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    walt = join("walt")
    made = walt.create(title="By Walt", start="2021")
    until(stands(visitor, f"/h/{made['id']}", "By Walt"), within=PATIENCE)
    until(stands(visitor, f"/@{walt.handle}", "By Walt"), within=PATIENCE)
    draft = walt.create(title="A canary", visibility="draft")

    walt.request("DELETE", "/v1/me", json={"password": walt.password}).raise_for_status()
    until(gone(visitor, f"/@{walt.handle}", f"/@{walt.handle}/2021", f"/h/{made['id']}"), within=PATIENCE)
    assert visitor.get(f"/h/{draft['id']}").status_code == 404

    table, key = rendered(deployed, walt.id)
    until(lambda: "Item" not in table.get_item(Key=key), within=PATIENCE)
    site, late = aws_client(deployed.cloud, "s3"), f"pages/@{walt.handle}/2021/index.html"
    for each in (late, "pages/sitemap.xml"):  # written by who was still at it
        site.put_object(Bucket=deployed.outputs["SiteBucketName"], Key=each, Body=b"By Walt")
    table.put_item(Item=key | {"handles": [walt.handle]})
    tell(deployed, "erase_pages", departure_id=walt.id)
    until(gone(visitor, f"/@{walt.handle}/2021"), within=PATIENCE)
    until(lambda: "By Walt" not in page(visitor, "/sitemap.xml"), within=PATIENCE)


def test_whoever_writes_first_notes_that_there_is_something_to_take_away(
    join: Callable[[str], Client], visitor: httpx.Client, deployed: Deployed
) -> None:
    yara = join("yara")
    table, key = rendered(deployed, yara.id)
    until(stands(visitor, f"/@{yara.handle}", "Yara"), within=PATIENCE)
    until(lambda: "face" in table.get_item(Key=key).get("Item", {}), within=PATIENCE)

    table.delete_item(Key=key)
    yara.create(title="By Yara")
    until(lambda: "Item" in table.get_item(Key=key), within=PATIENCE)
    table.delete_item(Key=key)
    tell(deployed, "draw_picture", member_id=yara.id)
    until(lambda: "Item" in table.get_item(Key=key), within=PATIENCE)


def test_a_link_is_shown_with_a_picture_of_what_the_profile_says_now(
    join: Callable[[str], Client], visitor: httpx.Client
) -> None:
    zoe = join("zoe")

    def picture() -> str:
        found = re.search(r'og:image" content="[^"]*?(/@[^"]+)"', page(visitor, f"/@{zoe.handle}"))
        return found[1] if found else ""

    until(lambda: bool(picture()) and visitor.get(picture()).status_code == 200, within=PATIENCE)
    before = picture()
    assert visitor.get(before).headers["content-type"] == "image/png"
    zoe.patch("/v1/me", json={"headline": "Of many"}).raise_for_status()
    until(lambda: picture() != before and visitor.get(picture()).status_code == 200, within=PATIENCE)
    until(gone(visitor, before), within=PATIENCE)


def test_what_nobody_tells_of_is_looked_at_from_time_to_time(
    visitor: httpx.Client, deployed: Deployed
) -> None:
    bucket = deployed.outputs["SiteBucketName"]
    aws_client(deployed.cloud, "s3").delete_object(Bucket=bucket, Key="pages/robots.txt")
    tell(deployed, "render_entrances")

    until(stands(visitor, "/robots.txt", "Sitemap: "), within=PATIENCE)
