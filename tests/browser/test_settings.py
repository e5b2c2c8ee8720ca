"""What is set by oneself: tokens, who sees what, another address; and what only operators find."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from infra import operate
from tests.browser.app import PATIENCE_MS, Join, Member, Window, window

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def tiago(join: Join) -> Member:
    return join("tiago")


@pytest.fixture(scope="module")
def inside(chromium: Browser, base_url: str, tiago: Member) -> Iterator[Window]:
    with window(chromium, base_url) as opened:
        opened.sign_in(tiago.account)
        yield opened
        assert opened.complaints == []


@pytest.fixture
def page(inside: Window) -> Page:
    return inside.page


def test_a_token_is_shown_once_and_can_be_revoked(
    inside: Window, page: Page, tiago: Member, base_url: str
) -> None:
    inside.go("/app/tokens", "Tokens")
    page.get_by_label("What it is for").fill("Nightly backup")
    page.get_by_role("button", name="Make it").click()
    token = page.locator("code").inner_text()
    assert httpx.post(f"{base_url}/v1/sessions", json={"token": token}, timeout=60).status_code == 201

    page.reload()
    expect(page.get_by_text("Nightly backup")).to_be_visible()
    assert token not in page.content()
    page.get_by_role("button", name="Revoke Nightly backup").click()
    expect(page.get_by_text("You have none.")).to_be_visible()
    assert tiago.http.get("/v1/me/tokens").json()["items"] == []


def test_behind_the_shield_one_is_open_to_nothing(inside: Window, page: Page, tiago: Member) -> None:
    tiago.http.put("/v1/me/open-to/mentor", json={"note": "Tuesdays"}).raise_for_status()
    inside.go("/app/privacy", "Who sees what")
    page.get_by_label("As whom").fill("somebody@sargaco.example")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("Tuesdays")).to_be_visible()

    page.get_by_label("Domains").fill("sargaco.example, torra.example")
    page.get_by_role("button", name="Save the shield").click()
    expect(page.get_by_text("Your shield is up.")).to_be_visible()
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("They see nothing that you are open to")).to_be_visible()
    domains = tiago.http.get("/v1/me").json()["shield"]["domains"]
    assert domains == ["sargaco.example", "torra.example"]


def test_whom_one_blocks_and_to_whom_one_is_known(
    inside: Window, page: Page, tiago: Member, join: Join
) -> None:
    blocked, told = join("vera"), join("wim")
    tiago.http.put(f"/v1/blocks/{blocked.account.handle}").raise_for_status()
    inside.go("/app/privacy", "Who sees what")
    page.get_by_role("button", name="Unblock Vera").click()
    expect(page.get_by_text("Vera is blocked no more.")).to_be_visible()
    page.get_by_label("Tell somebody who you are").fill(f"@{told.account.handle}")
    page.get_by_role("button", name="Tell them").click()
    expect(page.get_by_role("region", name="Who knows you").get_by_role("link", name="Wim")).to_be_visible()


def test_another_address_waits_for_the_code(inside: Window, page: Page, tiago: Member) -> None:
    inside.go("/app/settings", "Settings")
    page.get_by_label("New address").fill(f"new-{tiago.account.email}")
    page.get_by_label("Your password").first.fill(tiago.account.password)
    page.get_by_role("button", name="Change address").click()
    expect(page.get_by_text("A code of six digits is on its way")).to_be_visible()
    expect(page.get_by_label("Code")).to_be_focused()


def test_operators_let_in_and_nobody_else_is_shown_where(
    inside: Window, chromium: Browser, base_url: str, join: Join
) -> None:
    inside.go("/app/admissions", "Nothing stands here")
    operator = join("operator")
    operate.make_operator("local", operator.account.email)
    with window(chromium, base_url) as theirs:
        theirs.sign_in(operator.account)
        theirs.go("/app/settings", "Settings")
        theirs.page.get_by_role("link", name="Admissions").click()
        expect(theirs.page.get_by_text(re.compile("waits?\\.$")).first).to_be_visible()
        theirs.page.get_by_label("Let in the next").fill("1")
        theirs.page.get_by_role("button", name="Admit").click()
        expect(theirs.page.get_by_text("One is being let in; each gets a mail.")).to_be_visible()
        assert theirs.complaints == []
        assert theirs.faults() == []
