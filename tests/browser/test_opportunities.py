"""The board: posted by one, answered by another with evidence, and decided."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window, window
from tests.waiting import until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def poster(join: Join) -> Member:
    return join("poster")


@pytest.fixture(scope="module")
def answerer(join: Join) -> Member:
    member = join("answerer")
    member.create(title="Forty portraits of bakers", tags=["photography"])
    return member


@pytest.fixture
def theirs(chromium: Browser, base_url: str, poster: Member) -> Iterator[Window]:
    yield from _inside(chromium, base_url, poster)


@pytest.fixture
def ours(chromium: Browser, base_url: str, answerer: Member) -> Iterator[Window]:
    yield from _inside(chromium, base_url, answerer)


def _inside(chromium: Browser, base_url: str, member: Member) -> Iterator[Window]:
    with window(chromium, base_url) as opened:
        opened.sign_in(member.account)
        yield opened
        assert opened.complaints == []


def post(page: Page) -> None:
    page.get_by_label("What you ask for").select_option("Freelance work")
    page.get_by_label("Title").fill("Photographs for a booklet")
    page.get_by_label("Place", exact=True).fill("Ghent")
    page.get_by_label("How much, and how").fill("900 € and all the bread")
    page.get_by_role("button", name="Put it on the board").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Photographs for a booklet")


def test_from_the_board_to_the_short_list(theirs: Window, ours: Window) -> None:
    theirs.go("/app/opportunities/new", "Post an opportunity")
    expect(theirs.page.get_by_role("option", name="Freelance work")).to_be_attached()
    post(theirs.page)
    expect(theirs.page.get_by_text("Nobody has answered yet")).to_be_visible()

    page = ours.page
    ours.go("/app/opportunities?place=ghent", "Opportunities")
    page.get_by_role("link", name="Photographs for a booklet").click()
    page.get_by_label("Your message").fill("I would love to.")
    page.get_by_role("checkbox", name="Forty portraits of bakers").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="Your answer")).to_be_visible()

    theirs.page.reload()
    answers = theirs.page.get_by_role("region", name="Answers: 1")
    expect(answers).to_contain_text("I would love to.")
    expect(answers).to_contain_text("Forty portraits of bakers")
    answers.get_by_role("button", name="Short list").click()
    expect(answers).to_contain_text("On the short list")
    answers.get_by_role("button", name="Decline …").click()
    answers.get_by_label("A kind word with it").fill("The baker has a cousin.")
    answers.get_by_role("button", name="Decline", exact=True).click()
    expect(answers).to_contain_text("The baker has a cousin.")
    theirs.page.get_by_label("Close it").select_option("Found somebody here")
    theirs.page.get_by_label("A word about it").fill("Thank you all")
    theirs.page.get_by_role("button", name="Close it", exact=True).click()
    expect(theirs.page.get_by_text("Closed: Found somebody here. Thank you all")).to_be_visible()


def test_what_fits_is_by_itself(ours: Window, poster: Member, answerer: Member) -> None:
    answerer.http.put("/v1/me/open-to/teach", json={}).raise_for_status()
    asked = {
        "activity": "teach",
        "title": "A course of bread",
        "tags": ["photography"],
        "paid": True,
        "remote": True,
    }
    until(lambda: _is_matched(poster, answerer, asked), within=90)
    ours.go("/app/opportunities", "Opportunities")
    ours.page.get_by_role("link", name="What fits me").click()
    expect(ours.page.get_by_role("link", name="A course of bread").first).to_be_visible()


def _is_matched(poster: Member, answerer: Member, asked: dict[str, Any]) -> bool:
    """What one is open to is known to the board a moment later: what was posted before is not matched."""
    poster.http.post("/v1/opportunities", json=asked).raise_for_status()
    time.sleep(5)
    found = answerer.http.get("/v1/me/matches").raise_for_status().json()["items"]
    return any(each["title"] == asked["title"] for each in found)


def test_what_one_is_open_to_keeps_its_terms(theirs: Window, poster: Member) -> None:
    terms = {"note": "Evenings", "audience": "members", "weekly_cap": 3, "question": "Why me?"}
    poster.http.put("/v1/me/open-to/mentor", json=terms).raise_for_status()
    theirs.go("/app/profile", "Your profile")
    theirs.page.get_by_label("Note on: Mentor").fill("Mornings")
    theirs.page.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.page.get_by_text("You are open to: Mentor.")).to_be_visible()

    [kept] = poster.http.get("/v1/me").raise_for_status().json()["open_to"]
    assert {name: kept[name] for name in terms} == terms | {"note": "Mornings"}
