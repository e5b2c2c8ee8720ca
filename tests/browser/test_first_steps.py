"""From an invitation to a timeline that has something on it."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from infra import operate
from tests.api.post import link, mailed
from tests.browser.app import PATIENCE_MS, Account, Join, Window, newcomer, window
from tests.browser.conftest import Deployed
from tests.functions.media.samples import picture
from tests.waiting import until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


PICTURE: FilePayload = {"name": "ines.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
DECODED = "each => each.decode().then(() => each.naturalWidth)"
ON_ITS_WAY: dict[str, dict[str, Any]] = {
    "by mail, on a phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "by a link, at a desk": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize("how", ON_ITS_WAY)
def test_from_an_invitation_to_a_profile_that_everybody_sees(
    chromium: Browser, deployed: Deployed, join: Join, how: str
) -> None:
    host, ines = join("hostess"), newcomer("ines")
    address = {"email": ines.email} if "mail" in how else {}
    made = host.http.post("/v1/me/invitations", json={"note": "You draw maps"} | address).raise_for_status()
    code = made.json().get("code") or link(mailed(deployed.cloud, ines.email), "/app/sign-up")

    with window(chromium, deployed.base_url, **ON_ITS_WAY[how]) as opened:
        sign_up(opened, ines, code)
        if not address:  # nothing has proven yet whose address it is
            told = mailed(deployed.cloud, ines.email)["BodyText"]
            opened.page.get_by_label("Code").fill(re.findall(r"\b[0-9]{6}\b", told)[0])
            opened.page.get_by_role("button", name="Open your account").click()
        take_three_steps(opened)
        cover = opened.page.get_by_role("link", name="A hand-drawn map", exact=False).first
        expect(cover).to_be_visible()
        opened.page.evaluate("scrollTo(0, 0)")
        assert not opened.is_too_wide()
        assert opened.faults() == []
        assert opened.complaints == []
    until(lambda: is_public(deployed, ines), within=120)
    with window(chromium, deployed.base_url, **ON_ITS_WAY[how]) as visitor:
        look_at(visitor, ines)


def sign_up(opened: Window, who: Account, code: str) -> None:
    page = opened.page
    opened.go(f"/app/sign-up#{code}", "Open your account")
    expect(page.get_by_text("Hostess invites you. “You draw maps”")).to_be_visible()
    assert opened.faults() == []
    page.get_by_label("E-mail").fill(who.email)
    page.get_by_label("Name", exact=True).fill(who.name)
    page.get_by_label("Handle").fill(who.handle)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Open your account").click()


def take_three_steps(opened: Window) -> None:
    page = opened.page
    page.get_by_role("heading", name="Welcome, Ines").wait_for()
    page.get_by_label("Headline").fill("Maps by day, choir by night")
    while_on_its_way(page, "Choose a picture", "Sending your picture")
    expect(page.get_by_text("Your picture is there.")).to_be_visible()
    assert opened.faults() == []
    page.get_by_role("button", name="Go on").click()
    for number, badge in enumerate(("Map maker", "Choir leader", "Translator"), start=1):
        page.get_by_label(f"Badge {number}").fill(badge)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What was it?").fill("A map of every bench in Ghent")
    while_on_its_way(page, "Add files", "Sending ines.jpg")
    page.get_by_label("For those who cannot see or hear it").fill("A hand-drawn map")
    page.get_by_role("checkbox", name="Map maker").check()
    page.evaluate("scrollTo(0, 0)")  # the bar covers half of whatever has been scrolled under it
    assert opened.faults() == []
    page.get_by_role("button", name="Put it on my timeline").click()
    expect(page.get_by_role("heading", name="A map of every bench in Ghent")).to_be_visible()


def while_on_its_way(page: Page, choice: str, said: str) -> None:
    """It is held on its way until its progress has been seen."""
    held: list[Route] = []
    page.route(re.compile("uploads"), lambda route: held.append(route))
    page.get_by_label(choice).set_input_files([PICTURE])
    expect(page.get_by_role("progressbar", name=said)).to_be_visible()
    page.unroute_all()
    for each in held:
        each.continue_()
    expect(page.get_by_role("progressbar", name=said)).to_have_count(0)


def is_public(deployed: Deployed, of: Account) -> bool:
    """The profile with its media, and the highlight that it leads to: each is rendered by itself."""
    with httpx.Client(base_url=deployed.base_url, timeout=60) as visitor:
        profile = visitor.get(f"/@{of.handle}").text
        leads = re.search(r"/h/\w{26}", profile)
        return "/media/" in profile and leads is not None and visitor.get(leads[0]).status_code == 200


def look_at(visitor: Window, of: Account) -> None:
    visitor.go(f"/@{of.handle}", "Ines")
    page = visitor.page
    expect(page.get_by_text("Maps by day, choir by night")).to_be_visible()
    expect(page.get_by_role("link", name="Map maker").first).to_be_visible()
    expect(page.get_by_role("heading", name="A map of every bench in Ghent")).to_be_visible()
    page.get_by_role("link", name="A map of every bench in Ghent").first.click()
    drawn = page.get_by_alt_text("A hand-drawn map")
    expect(drawn).to_be_visible()
    assert drawn.evaluate(DECODED) > 0
    assert not visitor.is_too_wide()
    assert visitor.faults() == []
    assert visitor.complaints == []


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
