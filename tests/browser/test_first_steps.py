"""From an invitation to a timeline that has something on it."""

import re

import pytest
from playwright.sync_api import expect

from infra import operate
from tests.browser.app import PATIENCE_MS, Join, Window, newcomer

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


def test_a_code_a_name_three_badges_and_one_highlight(opened: Window) -> None:
    ines, page = newcomer("ines"), opened.page
    code = operate.admit("local", ines.email)

    with page.expect_response(lambda answer: "/v1/invitations/" in answer.url):
        opened.go(f"/app/sign-up?code={code}&email={ines.email}", "Open your account")
    page.get_by_label("Name", exact=True).fill(ines.name)
    expect(page.get_by_label("Handle")).to_have_attribute("placeholder", "ines")
    page.get_by_label("Handle").fill(ines.handle)
    page.get_by_label("Password").fill(ines.password)
    page.get_by_role("button", name="Open your account").click()

    page.get_by_role("heading", name="Welcome, Ines").wait_for()
    page.get_by_label("Headline").fill("Maps by day, choir by night")
    page.get_by_role("button", name="Go on").click()
    for number, badge in enumerate(("Map maker", "Choir leader", "Translator"), start=1):
        page.get_by_label(f"Badge {number}").fill(badge)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What was it?").fill("A map of every bench in Ghent")
    page.get_by_label("When?: year").fill("2024")
    page.get_by_role("button", name="Put it on my timeline").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ines")
    expect(page.get_by_role("link", name="Choir leader")).to_be_visible()
    expect(page.get_by_role("heading", name="A map of every bench in Ghent")).to_be_visible()
    opened.complaints[:] = [each for each in opened.complaints if "404" not in each]  # nobody's invitation


def test_what_was_typed_survives_a_refusal_and_a_reload(opened: Window) -> None:
    page = opened.page
    opened.go("/app/sign-up", "Open your account")
    page.get_by_label("Invitation code").fill("not-a-code")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Name", exact=True).fill("Nobody Inparticular")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Open your account").click()

    expect(page.get_by_text("Needs 12 characters or more.")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Nobody Inparticular")
    expect(page.get_by_label("Password")).to_have_value("")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "short" not in kept, "a password is never kept"
    opened.complaints[:] = [each for each in opened.complaints if "422" not in each]  # the refusal itself


def test_one_comes_to_where_one_wanted_to_go(opened: Window, join: Join) -> None:
    mara = join("mara").account
    opened.go("/app/settings", "Welcome back")
    opened.page.get_by_label("E-mail").fill(mara.email)
    opened.page.get_by_label("Password").fill(mara.password)
    opened.page.keyboard.press("Enter")

    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Settings")
    expect(opened.page).to_have_url(re.compile("/app/settings$"))


def test_a_reload_stays_signed_in_and_signing_out_ends_that(opened: Window, join: Join) -> None:
    opened.sign_in(join("mara").account)
    opened.page.reload()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Mara")
    assert opened.page.evaluate("document.cookie") == "", "no script can read the refresh token"

    opened.go("/app/settings", "Settings")
    opened.page.get_by_role("button", name="Sign out here").click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Welcome back")
    opened.go("/app/", "Welcome back")
    assert opened.page.evaluate("caches.has('seen')") is False
