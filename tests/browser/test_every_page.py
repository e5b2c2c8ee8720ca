"""Each page: narrow and wide, light and dark, with absurdly long words, and without a complaint."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import (
    ABSURD,
    ABSURD_BADGES,
    ABSURD_HIGHLIGHT,
    PATIENCE_MS,
    Join,
    Member,
    Window,
    window,
)

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

DOORS = {
    "/app/sign-in": "Welcome back",
    "/app/sign-up": "Open your account",
    "/app/forgotten-password": "Forgotten password",
    "/app/waiting-list": "The waiting list",
    "/app/opportunities": "Opportunities",
    "/app/space-station": "Space Station",
    "/app/space-station?blind=true": "Space Station",
}
PAGES = {
    "/app/": None,
    "/app/?drafts=true": None,
    "/app/highlights/new": "Add a highlight",
    "/app/profile": "Your profile",
    "/app/settings": "Settings",
    "/app/settings/domain": "Your own domain",
    "/app/invitations": "Invitations",
    "/app/sources": "Sources",
    "/app/privacy": "Who sees what",
    "/app/tokens": "Tokens",
    "/app/opportunities": "Opportunities",
    "/app/space-station": "Space Station",
    "/app/contacts": "Contacts",
    "/app/contacts?list=conversations": "Contacts",
    "/app/opportunities/new": "Post an opportunity",
    "/app/welcome": None,
    "/app/nowhere/at/all": "Nothing stands here",
}
WINDOWS = [*itertools.product((320, 1440), ("light", "dark"))]
MANIFEST = "fetch(document.querySelector('link[rel=manifest]').href).then((got) => got.json())"
STATUSES = "(icons) => Promise.all(icons.map((icon) => fetch(icon.src).then((got) => got.status)))"
GROUND = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
ANSWERED_404 = "/v1/me/domain"  # so is told who has none


@pytest.fixture(scope="module")
def state(chromium: Browser, base_url: str, join: Join) -> Any:
    """Signed in, as somebody with little restraint; the last one counts, for a refresh token is good for one
    renewal.
    """
    member: Member = join("wordy")
    facts = {"name": "W" * 80, "headline": ABSURD, "bio": ABSURD, "location": ABSURD}
    member.http.patch("/v1/me", json=facts | {"badges": ABSURD_BADGES}).raise_for_status()
    member.http.put("/v1/me/open-to/mentor", json={"note": ABSURD}).raise_for_status()
    member.create(**ABSURD_HIGHLIGHT)
    member.create(title="A draft", visibility="draft")
    with window(chromium, base_url) as opened:
        account = member.account._replace(name="W" * 80)
        opened.sign_in(account)
        return [opened.page.context.storage_state()]


@pytest.fixture(scope="module", params=WINDOWS, ids=str)
def inside(request: pytest.FixtureRequest, chromium: Browser, base_url: str, state: Any) -> Iterator[Window]:
    yield from _window(request, chromium, base_url, state)


@pytest.fixture(scope="module", params=WINDOWS, ids=str)
def outside(request: pytest.FixtureRequest, chromium: Browser, base_url: str) -> Iterator[Window]:
    yield from _window(request, chromium, base_url, None)


def _window(request: pytest.FixtureRequest, chromium: Browser, base_url: str, state: Any) -> Iterator[Window]:
    width, scheme = request.param
    looks = {"color_scheme": scheme, "reduced_motion": "reduce"}
    kept = state[-1] if state else None
    with window(chromium, base_url, kept, viewport={"width": width, "height": 800}, **looks) as opened:
        yield opened
        if state:
            state.append(opened.page.context.storage_state())


@pytest.mark.parametrize("path", PAGES)
def test_for_members(inside: Window, path: str) -> None:
    inside.go(path, PAGES[path])
    check(inside)


@pytest.mark.parametrize("path", DOORS)
def test_for_everybody(outside: Window, path: str) -> None:
    outside.go(path, DOORS[path])
    check(outside)


def check(opened: Window) -> None:
    opened.page.wait_for_load_state("networkidle")
    assert not opened.is_too_wide()
    assert opened.faults() == []
    assert [each for each in opened.complaints if not each.endswith(ANSWERED_404)] == []
    assert opened.page.title().endswith("Polyfolio")


def test_while_many_are_chosen(inside: Window) -> None:
    inside.go("/app/")
    inside.page.get_by_role("button", name="Select").click()
    inside.page.get_by_role("combobox", name="Add tags").fill("w")
    check(inside)


def test_a_theme_that_was_chosen_stays(chromium: Browser, base_url: str, join: Join) -> None:
    with window(chromium, base_url, color_scheme="light") as opened:
        opened.sign_in(join("themis").account)
        opened.go("/app/settings", "Settings")
        opened.page.get_by_role("radio", name="Dark").check()
        opened.page.reload()
        opened.page.get_by_role("heading", name="Settings").wait_for()
        red, *_ = opened.page.evaluate(GROUND)
        assert red < 40


def test_seen_pages_can_be_read_without_a_line(opened: Window, join: Join) -> None:
    member = join("hermit")
    member.create(title="A cave, swept")
    opened.sign_in(member.account)
    opened.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    opened.page.wait_for_timeout(500)
    opened.page.reload()  # through the worker, which keeps what comes by
    opened.page.get_by_role("article").first.wait_for()
    opened.page.wait_for_load_state("networkidle")
    opened.page.context.set_offline(True)
    opened.page.reload()
    opened.page.get_by_role("article").first.wait_for()
    expect(opened.page.get_by_text("You are offline")).to_be_visible()
    opened.complaints.clear()  # there was no line


def test_it_can_be_installed(chromium: Browser, base_url: str) -> None:
    with window(chromium, base_url) as opened:
        opened.go("/app/sign-in", "Welcome back")
        manifest = opened.page.evaluate(MANIFEST)
        icons = opened.page.evaluate(STATUSES, manifest["icons"])
        assert (manifest["display"], manifest["start_url"]) == ("standalone", "/app/")
        assert set(icons) == {200}
