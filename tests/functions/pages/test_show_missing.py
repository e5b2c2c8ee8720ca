"""Where no page stands: of who is gone, hidden or never was it says the same."""

from typing import Any

import pytest

from core import keys, table
from members import change_handle
from pages import show_missing
from tests.cloud import call
from tests.functions.conftest import Person


def asked(address: str) -> dict[str, Any]:
    event = {
        "routeKey": "GET /v1/missing/{address+}",
        "headers": {},
        "pathParameters": {"address": address},
        "requestContext": {"http": {"method": "GET"}, "requestId": "test"},
    }
    return show_missing.handler(event, None)


@pytest.fixture(autouse=True)
def style(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_ICON", "data:image/svg+xml,")
    monkeypatch.setenv("PAGE_STYLE", "/site/page-0.css")


@pytest.mark.parametrize("address", ["pages/h/01ARZ3/index.html", "pages/nothing/index.html", "pages/x.css"])
def test_says_that_nothing_stands_there(address: str) -> None:
    answer = asked(address)

    assert (answer["statusCode"], answer["headers"]["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nothing stands here" in answer["body"]
    assert "s-maxage=2" in answer["headers"]["cache-control"], "a page may come to stand there"


def test_tells_nobody_whether_there_is_somebody(alice: Person) -> None:
    profile = table.get(keys.member(alice.id)) or {}
    handle = table.get(keys.handle("allce")) or {}
    for visibility in ("members", "hidden"):
        table.write(table.put(profile | {"visibility": visibility}))
        table.write(table.put(handle | {"visibility": visibility}))
        hidden, nobody = asked("pages/@alice/index.html"), asked("pages/@nobody/index.html")
        assert hidden["statusCode"] == nobody["statusCode"] == 404
        assert hidden["body"].replace("alice", "") == nobody["body"].replace("nobody", "")


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("pages/@alice/index.html", "/@alicia"),
        ("pages/@alice/2021/index.html", "/@alicia/2021"),
        ("pages/@alice/feed.rss", "/@alicia/feed.rss"),
        ("pages/@ALICIA/index.html", "/@alicia"),
    ],
)
def test_leads_from_a_former_handle_to_where_it_is_now(alice: Person, address: str, location: str) -> None:
    call(change_handle.handler, user=alice.id, body={"handle": "alicia"})
    answer = asked(address)

    assert (answer["statusCode"], answer["headers"]["location"]) == (301, location)


def test_never_leads_in_a_circle(alice: Person) -> None:
    assert asked(f"pages/@{alice.handle}/index.html")["statusCode"] == 404


def test_what_somebody_puts_into_an_address_is_no_markup() -> None:
    assert "<script>" not in asked("pages/@<script>/index.html")["body"]
