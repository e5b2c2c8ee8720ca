"""Somebody is found blind, asked, and answers; then the two write to each other."""

import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window, window
from tests.waiting import until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

TAG = f"glass harps {secrets.token_hex(3)}"


@pytest.fixture(scope="module")
def found(join: Join) -> Member:
    """Three who share a tag and a badge: what fewer have is not shown blind."""
    members = [join(name) for name in ("olga", "petra", "quirin")]
    for each in members:
        badges = {"badges": [{"name": "Harp maker"}], "location": "Harpstedt, Germany"}
        each.http.patch("/v1/me", json=badges).raise_for_status()
        each.create(title="A harp of glass", tags=[TAG], start="2024")
        terms = {"note": "An hour a week", "question": "Which pitch?"}
        each.http.put("/v1/me/open-to/mentor", json=terms).raise_for_status()
    until(lambda: _count(members[0]) == len(members), within=90)
    until(lambda: _count(members[0], open_to="mentor") == len(members), within=90)
    return members[0]


def _count(member: Member, **more: str) -> int:
    answered = member.http.get("/v1/space-station", params={"tag": TAG, "badge": "harp maker"} | more)
    return len(answered.raise_for_status().json()["items"])


@pytest.fixture(scope="module")
def seeker(join: Join) -> Member:
    return join("rosa")


@pytest.fixture
def ours(chromium: Browser, base_url: str, seeker: Member) -> Iterator[Window]:
    yield from _inside(chromium, base_url, seeker, 1280)


@pytest.fixture
def theirs(chromium: Browser, base_url: str, found: Member) -> Iterator[Window]:
    yield from _inside(chromium, base_url, found, 360)


def _inside(chromium: Browser, base_url: str, member: Member, width: int) -> Iterator[Window]:
    with window(chromium, base_url, viewport={"width": width, "height": 800}) as opened:
        opened.sign_in(member.account)
        yield opened
        assert opened.complaints == []
        assert not opened.is_too_wide()


def waiting(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Places").get_by_role("link", name="Contacts")


def test_narrowed_by_facets_and_named_only_where_it_is_not_blind(ours: Window, found: Member) -> None:
    page = ours.page
    ours.go(f"/app/space-station?tag={TAG.replace(' ', '+')}", "Space Station")
    expect(page.get_by_role("article")).to_have_count(3)
    page.get_by_role("navigation", name="Badges").get_by_role("link", name="harp maker").click()
    expect(page).to_have_url(re.compile("badge=harp"))
    expect(page.get_by_role("link", name=found.account.name, exact=True)).to_be_visible()

    page.get_by_role("checkbox", name="Blind").check()
    expect(page.get_by_role("heading", name="Harp maker")).to_have_count(3)
    assert found.account.name not in page.locator("main").inner_text()
    assert found.account.handle not in page.content()
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"space-station\?blind=true$"))


def test_asked_blind_answered_and_written_to(ours: Window, theirs: Window, found: Member) -> None:
    page = ours.page
    for number in range(3):  # nobody can say which of the three it is, so all of them are asked
        ours.go(f"/app/space-station?tag={TAG.replace(' ', '+')}&blind=true", "Space Station")
        page.get_by_role("article").nth(number).get_by_role("link", name="Mentor").click()
        page.get_by_label("Your message").fill("Could you hear my harp?\n\nIt is out of tune.")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Somebody whom you found blind")

    other = theirs.page
    theirs.go("/app/contacts", "Contacts")
    expect(waiting(other)).to_have_accessible_name("Contacts: 1 waiting for your answer")
    other.get_by_role("link", name="Could you hear my harp?").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Rosa")
    other.get_by_role("button", name="Interested").click()
    expect(waiting(other)).to_have_accessible_name("Contacts")
    other.get_by_label("Write to Rosa").fill("Gladly. Thursday?")
    other.get_by_role("button", name="Send", exact=True).click()
    expect(other.get_by_role("listitem").filter(has_text="Gladly. Thursday?")).to_be_visible()

    ours.go("/app/contacts?list=conversations", "Contacts")
    expect(waiting(page)).to_have_accessible_name("Contacts: 1 conversation with something new")
    expect(waiting(page)).to_have_text("Contacts1")
    expect(page.get_by_text("New message")).to_be_visible()
    page.get_by_role("link", name=found.account.name).click()
    expect(waiting(page)).to_have_accessible_name("Contacts")
    expect(page.get_by_text("Gladly. Thursday?")).to_be_visible()
    expect(page.get_by_text("New", exact=True)).to_be_visible()
    page.get_by_label(f"Write to {found.account.name}").fill("Thursday at ten.")
    page.keyboard.press("Control+Enter")
    expect(other.get_by_text("Thursday at ten.")).to_be_visible()  # by itself
    order = other.locator(".talk li").all_inner_texts()
    assert [("Gladly" in each, "Thursday at ten" in each) for each in order if "Thursday" in each] == [
        (True, False),
        (False, True),
    ]
    other.get_by_role("button", name="End this conversation").click()
    expect(other.get_by_text("This conversation has ended.")).to_be_visible()


def test_a_question_is_answered_and_not_right_now_is_told_to_nobody(
    ours: Window, theirs: Window, found: Member, seeker: Member
) -> None:
    found.http.put("/v1/me/open-to/teach", json={"question": "Which pitch?"}).raise_for_status()
    page = ours.page
    ours.go(f"/app/@{found.account.handle}", found.account.name)
    page.get_by_role("link", name="Contact", exact=True).click()
    page.get_by_label("What for").select_option("teach")
    page.get_by_label("Your message").fill("One more harp")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Is needed: this member asks a question.")).to_be_visible()
    page.get_by_label("Which pitch?").fill("440")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()

    theirs.go("/app/contacts", "Contacts")
    theirs.page.get_by_role("link", name="One more harp").click()
    theirs.page.get_by_role("button", name="Not right now").click()
    expect(theirs.page.get_by_text("Nobody is told.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    sent = seeker.http.get("/v1/contacts", params={"box": "sent", "state": "pending"}).json()["items"]
    assert "One more harp" in [each["preview"] for each in sent]
    ours.complaints[:] = [each for each in ours.complaints if "422" not in each]


def test_one_follows_and_blocks_and_takes_it_back(ours: Window, found: Member) -> None:
    page = ours.page
    ours.go(f"/app/@{found.account.handle}", found.account.name)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Block …").click()
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_text("You have blocked Olga")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(found.account.name)
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
