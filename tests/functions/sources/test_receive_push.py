import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from core import keys, table
from sources import receive_push, take_push, verify_subscription
from tests.cloud import event
from tests.functions.conftest import Person
from tests.functions.previews.events import told
from tests.functions.sources.acting import (
    STORY,
    activated,
    follow_arrivals,
    poll,
    read,
    remove,
    rss,
    serve,
    titles,
)
from tests.web import Web, page

NEW = ("story-9", "Pushed", "2026-11-21", "<p>Now.</p>")


@pytest.fixture
def hub(web: Web) -> str:
    web.answers["/hub"] = page("", status=202)
    return f"<link xmlns='http://www.w3.org/2005/Atom' rel='hub' href='{web.url('/hub')}'/>"


@pytest.fixture
def source(alice: Person, web: Web, hub: str) -> str:
    serve(web, rss(STORY, more=hub))
    return activated(alice, web)


def said(web: Web) -> dict[str, str]:
    last = [each for each in web.asked if each.path == "/hub"][-1]
    return {name: values[0] for name, values in parse_qs(last.body.decode()).items()}


def secret(web: Web) -> str:
    return said(web)["hub.callback"].rpartition("/")[2]


def verify(secret: str, **about: str) -> dict[str, Any]:
    query = {f"hub.{name}": value for name, value in about.items()} | {"utm": "x"}
    asked = event(verify_subscription.handler, None, None, query, None, False, {"secret": secret})
    return verify_subscription.handler(asked, None)


def confirm(web: Web) -> dict[str, Any]:
    topic = said(web)["hub.topic"]
    return verify(secret(web), mode="subscribe", topic=topic, challenge="<i>", lease_seconds="864000")


def push(web: Web, body: str, signature: str | None = None, method: str = "sha256") -> int:
    key = said(web)["hub.secret"].encode()
    signature = signature or f"{method}={hmac.new(key, body.encode(), method).hexdigest()}"
    headers = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml"}
    path = {"secret": secret(web)}
    return int(
        receive_push.handler(event(receive_push.handler, None, body, None, headers, False, path), None)[
            "statusCode"
        ]
    )


def take(source_id: str, body: str, who: Person) -> None:
    push_id = hashlib.sha256(source_id.encode() + b"\0" + body.encode()).hexdigest()[:32]
    told_of = {"push_id": push_id, "version": 1}
    assert told(take_push.handler, told_of, told_of) == []
    follow_arrivals(who)


def test_where_a_hub_is_offered_it_is_asked(alice: Person, web: Web, source: str) -> None:
    asked = said(web)

    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", web.url("/feed.xml"))
    assert asked["hub.callback"].startswith("https://polyfolio.example/v1/websub/")
    assert len(asked["hub.secret"]) >= 32
    assert read(alice, source)["is_pushed"] is False


def test_the_hubs_question_is_answered_only_if_we_asked(alice: Person, web: Web, source: str) -> None:
    topic = said(web)["hub.topic"]
    for wrong in (
        verify(secret(web), mode="subscribe", topic="https://other.example/", challenge="x"),
        verify(secret(web), mode="unsubscribe", topic=topic, challenge="x"),
        verify("guessed", mode="subscribe", topic=topic, challenge="x"),
    ):
        assert wrong["statusCode"] == 404

    right = confirm(web)

    assert (right["statusCode"], right["body"]) == (200, "<i>")
    assert right["headers"]["content-type"] == "text/plain; charset=utf-8"
    assert right["headers"]["x-content-type-options"] == "nosniff"
    assert read(alice, source)["is_pushed"] is True


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha512"])
def test_what_is_pushed_is_there_and_once(method: str, alice: Person, web: Web, source: str) -> None:
    confirm(web)
    body = rss(NEW)

    assert push(web, body, method=method) == push(web, body, method=method) == 204
    take(source, body, alice)
    serve(web, rss(NEW, STORY))
    poll(source)

    assert titles(alice) == ["Pushed", "First crack"]


@pytest.mark.parametrize("signature", ["sha256=00", "md5=00", "", "sha256=" + "é" * 64])
def test_what_the_hub_did_not_sign_is_let_fall(signature: str, alice: Person, web: Web, source: str) -> None:
    body = rss(NEW)

    assert push(web, body, signature or "none") == 204
    take(source, body, alice)

    assert titles(alice) == ["First crack"]


def test_a_subscription_is_renewed_before_it_ends(web: Web, source: str) -> None:
    confirm(web)
    before = len([each for each in web.asked if each.path == "/hub"])

    poll(source, timedelta(days=2))
    assert len([each for each in web.asked if each.path == "/hub"]) == before
    poll(source, timedelta(days=9))
    assert len([each for each in web.asked if each.path == "/hub"]) == before + 1


def test_a_hub_that_refuses_is_believed(alice: Person, web: Web, source: str) -> None:
    confirm(web)

    assert verify(secret(web), mode="denied", topic=said(web)["hub.topic"])["statusCode"] == 204

    assert read(alice, source)["is_pushed"] is False


def test_who_is_gone_is_told_no_more(alice: Person, web: Web, source: str) -> None:
    confirm(web)
    remove(alice, source)

    assert said(web)["hub.mode"] == "unsubscribe"
    topic = said(web)["hub.topic"]
    assert verify(secret(web), mode="unsubscribe", topic=topic, challenge="bye")["body"] == "bye"
    assert "ttl" in (table.get(keys.hub(source)) or {})


def test_a_hub_inside_is_not_asked(alice: Person, web: Web) -> None:
    inside = "<link xmlns='http://www.w3.org/2005/Atom' rel='hub' href='http://169.254.169.254/hub'/>"
    serve(web, rss(STORY, more=inside))
    source = activated(alice, web)
    serve(web, rss(STORY, more=inside + "<ttl>61</ttl>"))
    poll(source)

    assert read(alice, source)["trouble"] is None
