"""What one publishes elsewhere, connected and coming by itself; and tools that post by themselves."""

import json
import secrets
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.api.test_sources import feed
from tests.browser.app import PATIENCE_MS, Join, Member, Window, window
from tests.waiting import until
from tests.web import Web
from tests.web import page as answer

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.fixture(scope="module")
def ida(join: Join) -> Member:
    return join("ida")


@pytest.fixture(params=[(360, "dark"), (1280, "light")], ids=str)
def inside(request: pytest.FixtureRequest, chromium: Browser, base_url: str, ida: Member) -> Iterator[Window]:
    width, scheme = request.param
    looks = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with window(chromium, base_url, viewport={"width": width, "height": 800}, **looks) as opened:
        opened.sign_in(ida.account)
        yield opened
        assert opened.complaints == []


@pytest.fixture
def path() -> str:
    return f"/{secrets.token_hex(6)}.xml"


def is_fine(opened: Window) -> None:
    assert not opened.is_too_wide()
    assert opened.faults() == []


def titles(of: Member) -> list[str]:
    return [each["title"] for each in of.highlights()]


def connect(opened: Window, address: str, kind: str = "A blog, a channel, a feed") -> None:
    opened.go("/app/sources", "Sources")
    form = opened.page.get_by_role("region", name="What you publish elsewhere")
    form.get_by_role("radio", name=kind).check()
    form.get_by_label("address").fill(address)
    form.get_by_role("radio", name="Published at once").check()
    form.get_by_role("button", name="Look what is there").click()


def test_a_story_comes_from_where_it_was_written(inside: Window, ida: Member, web: Web, path: str) -> None:
    page = inside.page
    feed(web, path, ("2", f"Second of {path}"), ("1", f"First of {path}"))
    connect(inside, web.url(path))
    expect(page.get_by_role("heading", level=1)).to_have_text("A blog")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    assert not [each for each in titles(ida) if path in each], "nothing stands anywhere before it is chosen"
    page.get_by_role("checkbox", name=f"First of {path}").uncheck()
    is_fine(inside)
    page.get_by_role("button", name="Take over one").click()
    expect(page.get_by_text("Comes by itself")).to_be_visible()
    until(lambda: f"Second of {path}" in titles(ida), within=60)
    source = page.url

    feed(
        web,
        path,
        *((key, f"{name} of {path}") for key, name in (("3", "Third"), ("2", "Second"), ("1", "First"))),
    )
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("1 new")).to_be_visible()
    until(lambda: f"Third of {path}" in titles(ida), within=60)
    is_fine(inside)
    inside.go("/app/")
    expect(page.get_by_role("heading", name=f"Third of {path}")).to_be_visible()
    expect(page.get_by_role("heading", name=f"First of {path}")).to_have_count(0)

    page.goto(source)
    page.get_by_role("button", name="Disconnect …").click()
    page.get_by_role("button", name="It goes too").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    until(lambda: not [each for each in titles(ida) if path in each], within=60)


def test_what_is_wrong_is_said_in_words(inside: Window, web: Web, path: str) -> None:
    page = inside.page
    connect(inside, "ftp://example.org/blog")
    expect(page.get_by_label("Its address")).to_be_focused()
    expect(page.locator(".fault")).to_be_visible()
    connect(inside, "somebody", kind="Medium")
    expect(page.get_by_text("Is neither a Medium name such as @ana nor an address.")).to_be_visible()
    inside.complaints[:] = [each for each in inside.complaints if "422" not in each]

    web.answers[path] = answer("<!doctype html><title>No blog</title><p>Nothing", content_type="text/html")
    connect(inside, web.url(path))
    expect(page.get_by_text("Give the address of a feed, or of a page that names one.")).to_be_visible()
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    is_fine(inside)

    feed(web, f"{path}2", ("1", LONG))
    connect(inside, web.url(f"{path}2"))
    page.get_by_role("button", name="Take over one").click()
    expect(page.get_by_text("Comes by itself")).to_be_visible()
    web.answers[f"{path}2"] = answer("no", status=500)
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("answered with status 500.")).to_be_visible()
    is_fine(inside)
    inside.go("/app/sources", "Sources")
    expect(page.get_by_text("Has trouble").first).to_be_visible()
    is_fine(inside)


def test_a_tool_posts_to_an_address_that_is_shown_once(inside: Window, ida: Member, path: str) -> None:
    page, tool = inside.page, f"Tool {path[1:7]}"
    inside.go("/app/sources", "Sources")
    page.get_by_label("Which tool").fill(tool)
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("code").inner_text()
    is_fine(inside)
    post = json.dumps({"title": f"Posted by {tool}", "text": "Twice as **fast**.", "id": "v2"})
    sent = httpx.post(address, content=post, headers={"content-type": "application/json"}, timeout=60)
    assert sent.status_code == 202

    page.reload()
    expect(page.get_by_text(tool, exact=True)).to_be_visible()
    assert address.rpartition("/")[2] not in page.content()
    drafts = {"visibility": "draft"}
    until(lambda: f"Posted by {tool}" in [each["title"] for each in ida.highlights(**drafts)], within=60)
    inside.go("/app/?drafts=true")
    expect(page.get_by_role("heading", name=f"Posted by {tool}")).to_be_visible()

    inside.go("/app/sources", "Sources")
    page.get_by_role("button", name=f"Close it: the address for {tool}").click()
    expect(page.get_by_text(f"The address for {tool} takes nothing any more.")).to_be_visible()
    gone = httpx.post(address, content=post, headers={"content-type": "application/json"}, timeout=60)
    assert gone.status_code == 404
