"""No pointer: a highlight written, thirty tags at once, tags of many changed and the way back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

THIRTY = [f"subject {number}" for number in range(30)]
IS_FOCUSED = "(each) => each === document.activeElement"


@pytest.fixture(scope="module")
def kay(join: Join) -> Member:
    member = join("kay")
    for number in range(4):
        member.create(title=f"Bulk {number}", start=f"201{number}", tags=["old"] if number < 2 else ["choir"])
    return member


@pytest.fixture
def page(opened: Window, kay: Member) -> Page:
    opened.sign_in(kay.account)
    opened.page.get_by_role("article").first.wait_for()
    return opened.page


def tab_to(target: Locator, key: str = "Tab", most: int = 80) -> None:
    """As often as it takes; what cannot be reached by that is not there for who has no pointer."""
    for _ in range(most):
        target.page.keyboard.press(key)
        if target.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"{target} is not reached")


def test_written_with_thirty_tags(page: Page, kay: Member) -> None:
    keyboard = page.keyboard
    tab_to(page.get_by_role("link", name="Add a highlight").first)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a highlight")
    tab_to(page.get_by_label("Title"))
    keyboard.type("No mouse was harmed")
    tab_to(page.get_by_label("Date: year"))
    keyboard.press("Control+A")
    keyboard.type("2022")
    tab_to(page.get_by_role("combobox", name="Tags"))
    keyboard.type(",".join(THIRTY) + ",")
    expect(page.get_by_label("Tags: chosen").get_by_role("listitem")).to_have_count(30)
    tab_to(page.get_by_role("button", name="Put it on my timeline"))
    keyboard.press("Enter")

    expect(page.get_by_role("heading", name="No mouse was harmed")).to_be_visible()
    [written] = [each for each in kay.highlights() if each["title"] == "No mouse was harmed"]
    assert (written["start"][:4], written["tags"]) == ("2022", THIRTY)


def test_many_are_tagged_at_once_and_as_they_were(page: Page, kay: Member) -> None:
    keyboard = page.keyboard
    before = {each["id"]: each["tags"] for each in kay.highlights()}
    tab_to(page.get_by_role("button", name="Select"))
    keyboard.press("Space")
    tab_to(page.get_by_role("checkbox", name="Bulk 3"))
    keyboard.press("Space")
    tab_to(page.get_by_role("checkbox", name="Bulk 0"))
    keyboard.press("Shift+Space")
    expect(page.get_by_text("4 highlights chosen")).to_be_visible()
    keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Add tags")).to_be_focused()
    keyboard.type("choir,")
    tab_to(page.get_by_role("combobox", name="Remove tags"))
    keyboard.type("old,")
    tab_to(page.get_by_role("button", name="Change tags …"))
    keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Change tags on 2 of 4?")
    expect(dialog.get_by_role("button", name="Change", exact=True)).to_be_focused()
    keyboard.press("Enter")

    expect(page.get_by_text("Tags changed on 4 highlights.")).to_be_visible()
    expect(page.get_by_role("button", name="Select")).to_be_focused()
    assert {each["id"]: each["tags"] for each in kay.highlights()} != before
    keyboard.press("Control+z")
    expect(page.get_by_text("All tags are as they were.")).to_be_visible()
    assert {each["id"]: each["tags"] for each in kay.highlights()} == before
