"""Link previews, from a member's question to a page of a web that is not always kind."""

import secrets
from functools import partial
from typing import Any

import httpx
import pytest

from tests.api.conftest import Client, Deployed
from tests.api.test_first_steps import soon
from tests.functions.media.samples import picture
from tests.web import Answer, Web, drip, page, redirect

PAGE = """<!doctype html><title>Roasting</title><meta property="og:description" content="Three beans.">
<meta property="og:site_name" content="Torra Lenta"><p>Text."""
HEAD = "HTTP/1.1 200 Fine\r\n"


@pytest.fixture
def path(web: Web) -> str:
    """Of a page that nobody has asked for yet."""
    made = f"/{secrets.token_hex(6)}"
    web.answers[made] = page(PAGE, content_type="text/html; charset=utf-8")
    return made


def ask(client: httpx.Client, url: str, public: bool = False) -> httpx.Response:
    return client.get(f"/v1{'/public' if public else ''}/link-previews", params={"url": url})


def settled(client: httpx.Client, url: str) -> dict[str, Any]:
    return soon(lambda: ask(client, url).json(), lambda answer: answer["state"] != "waiting", within=60)


def test_a_page_is_opened_once_for_everybody(alice: Client, bob: Client, web: Web, path: str) -> None:
    url = web.url(path)

    assert ask(alice, url).json()["state"] == "waiting"
    found = settled(bob, url)

    assert found == {
        "url": url,
        "state": "ready",
        "title": "Roasting",
        "description": "Three beans.",
        "site_name": "Torra Lenta",
        "embed": None,
        "picture": None,
        "reason": None,
    }
    assert ask(alice, url).json() == found
    opened = [each for each in web.asked if each.path == path]
    assert len(opened) == 1
    assert opened[0].headers["user-agent"].startswith("Polyfolio/1.0 (+http")


def test_its_picture_is_taken_once_drawn_anew_and_served_by_us(
    alice: Client, visitor: httpx.Client, web: Web, path: str
) -> None:
    named = f"{path}.png"
    web.answers[named] = page(picture("PNG"), content_type="image/png")
    web.answers[path] = page(
        f'<meta property="og:image" content="{named}">{PAGE}', content_type="text/html; charset=utf-8"
    )

    def seen() -> Any:
        return ask(alice, web.url(path)).json()["picture"]

    shown = soon(seen, lambda picture: picture is not None, within=180)

    assert (shown["width"], shown["height"]) == (640, 400)
    for each in shown["renditions"]:
        assert each["url"].startswith("/media/")
        assert visitor.get(each["url"]).headers["content-type"] == "image/webp"
    assert len([each for each in web.asked if each.path == named]) == 1


def test_visitors_see_it_where_the_link_stands_on_a_public_highlight(
    alice: Client, visitor: httpx.Client, web: Web, path: str
) -> None:
    url, other = web.url(path), web.url(f"{path}?other")
    settled(alice, url)
    assert ask(visitor, url, public=True).status_code == 404

    alice.create(links=[{"url": url}, {"url": other}], visibility="public")

    for link in (url, other):
        shown = soon(partial(ask, visitor, link, public=True), lambda answer: answer.status_code == 200)
        assert shown.headers["cache-control"] == "public, max-age=60"
        assert settled(alice, link)["title"] == "Roasting"
    assert ask(visitor, web.url(f"{path}?never"), public=True).status_code == 404


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (drip(HEAD + "content-length: 9999999\r\n\r\n", "x", 0.5), "did not answer in 10 seconds"),
        (drip(HEAD, "x", 0.5), "did not answer in 10 seconds"),
        (redirect("http://169.254.169.254/latest/meta-data/"), "no address of the public internet"),
        (redirect("http://127.0.0.1:9001/2018-06-01/runtime/invocation/next"), "only 80 and 443"),
        (page(b"\x1f\x8bnot", content_encoding="gzip"), "could not be read"),
        (page("no", status=404), "status 404"),
    ],
    ids=["slow body", "slow header", "to the cloud's own data", "to the runtime", "broken", "missing"],
)
def test_a_hostile_server_is_named_and_holds_nobody_up(
    answer: Answer, reason: str, alice: Client, web: Web, path: str
) -> None:
    web.answers[path] = answer

    assert reason in settled(alice, web.url(path))["reason"]


def test_nothing_of_ours_can_be_reached(alice: Client, deployed: Deployed, web: Web, path: str) -> None:
    """The local cloud stands for AWS: its address, and a server that leads there."""
    web.answers[path] = redirect(f"{deployed.cloud.address}/_ministack/health")

    for url in (f"http://127.0.0.1:{deployed.cloud.port}/", web.url(path)):
        failed = settled(alice, url)
        assert (failed["state"], failed["title"]) == ("failed", "")
        assert "only 80 and 443" in failed["reason"]


def test_an_address_that_is_none_names_the_field(alice: Client) -> None:
    refused = ask(alice, "javascript:alert(1)")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/url"
