"""A link that one member makes, and by which another comes in."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import PATIENCE_MS, Join, window

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


def test_a_link_says_who_invites_and_why_until_it_is_taken_back(
    chromium: Browser, base_url: str, join: Join
) -> None:
    with window(chromium, base_url) as host, window(chromium, base_url) as guest:
        host.sign_in(join("hostess").account)
        host.go("/app/invitations", "Invitations")
        expect(host.page.get_by_text("You have 10 left.")).to_be_visible()
        host.page.get_by_label("Why them").fill("You tune pianos")
        host.page.get_by_role("button", name="Make a link").click()
        link = host.page.locator("code").inner_text()
        expect(host.page.get_by_text("You have 9 left.")).to_be_visible()

        guest.page.goto(link)
        expect(guest.page.get_by_text("Hostess invites you. “You tune pianos”")).to_be_visible()
        expect(guest.page.get_by_label("Invitation code")).to_have_value(link.partition("#")[2])
        assert guest.page.evaluate("document.referrer") == ""

        host.page.get_by_role("button", name="Take back").click()
        expect(host.page.get_by_text("You have 10 left.")).to_be_visible()
        guest.page.reload()
        expect(guest.page.locator(".notice.wrong")).to_be_visible()
        assert host.complaints == guest.complaints == []


def test_a_place_on_the_waiting_list_is_asked_for(chromium: Browser, base_url: str) -> None:
    with window(chromium, base_url) as opened:
        opened.go("/app/waiting-list", "The waiting list")
        opened.page.get_by_label("E-mail").fill("patient@example.org")
        opened.page.get_by_role("button", name="Put me on the list").click()
        expect(opened.page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
        assert opened.complaints == []
