"""Writing: thirty tags at once, drafts that are kept, retries that double nothing, and ways back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window
from tests.waiting import until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

THIRTY = [f"subject {number}" for number in range(30)]


@pytest.fixture(scope="module")
def writer(join: Join) -> Member:
    """Whose tags are suggested to everybody, once they are ranked."""
    member = join("writer")
    member.create(title="Known tags", start="2001", tags=["subject 1", "subject 2"])
    until(lambda: member.http.get("/v1/tags", params={"prefix": "subject"}).json()["items"] != [], within=90)
    return member


@pytest.fixture
def page(opened: Window, writer: Member) -> Iterator[Page]:
    opened.sign_in(writer.account)
    yield opened.page
    opened.complaints[:] = [each for each in opened.complaints if "ERR_INTERNET_DISCONNECTED" not in each]


def open_composer(page: Page) -> None:
    page.get_by_role("link", name="Add a highlight").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a highlight")


def paste(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Tags").evaluate(
        """(box, text) => {
          const data = new DataTransfer();
          data.setData('text', text);
          const sent = { clipboardData: data, bubbles: true, cancelable: true };
          box.dispatchEvent(new ClipboardEvent('paste', sent));
        }""",
        text,
    )


def test_thirty_tags_by_one_paste_in_one_request(page: Page, opened: Window, writer: Member) -> None:
    open_composer(page)
    page.get_by_label("Title").fill("Thirty at once")
    paste(page, ", ".join(THIRTY[:10]) + "; " + ";".join(THIRTY[10:20]) + "\n" + "\n".join(THIRTY[20:]))
    expect(page.get_by_label("Tags: chosen").get_by_role("listitem")).to_have_count(30)
    opened.calls.clear()
    page.get_by_role("button", name="Put it on my timeline").click()

    expect(page.get_by_role("heading", name="Thirty at once")).to_be_visible()
    assert len(opened.asked("POST /v1/highlights")) == 1
    [made] = [each for each in writer.highlights() if each["title"] == "Thirty at once"]
    assert made["tags"] == THIRTY


def test_tags_by_keyboard(page: Page) -> None:
    open_composer(page)
    box = page.get_by_role("combobox", name="Tags")
    chips = page.get_by_label("Tags: chosen").get_by_role("listitem")
    box.press_sequentially("Café, #tea")
    box.press("Enter")
    expect(chips).to_have_count(2)
    expect(chips.first).to_contain_text("cafe")
    box.press("Backspace")
    expect(chips).to_have_count(2)
    box.press("Backspace")
    expect(chips).to_have_count(1)
    box.press_sequentially("subject 1")
    option = page.get_by_role("option", name="subject 1", exact=False).first
    expect(option).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(chips).to_have_count(2)
    expect(page.get_by_role("listbox")).to_be_visible()  # one goes on choosing
    paste(page, f"fine, {'x' * 41}")
    expect(chips.last).to_contain_text("40 characters at most")
    page.get_by_label("Title").fill("One bad chip")
    page.get_by_role("button", name="Put it on my timeline").click()
    expect(chips).to_have_count(4)
    expect(box).to_be_focused()


def test_a_broken_line_loses_nothing_and_a_retry_doubles_nothing(page: Page, writer: Member) -> None:
    def arrives_but_says_nothing(route: Route) -> None:
        route.fetch()
        route.abort("internetdisconnected")

    open_composer(page)
    page.get_by_label("Title").fill("Written in a tunnel")
    page.route("**/v1/highlights", arrives_but_says_nothing, times=1)
    page.get_by_role("button", name="Put it on my timeline").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is kept here")

    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Written in a tunnel")
    page.get_by_role("button", name="Put it on my timeline").click()
    expect(page.get_by_role("heading", name="Written in a tunnel")).to_be_visible()
    assert [each["title"] for each in writer.highlights()].count("Written in a tunnel") == 1


def test_an_end_before_the_start_is_said_at_its_field(page: Page) -> None:
    open_composer(page)
    page.get_by_label("Title").fill("Backwards")
    page.get_by_role("radio", name="From … to …").check()
    page.get_by_label("End: year").fill("1999")
    page.get_by_role("button", name="Put it on my timeline").click()

    expect(page.get_by_text("Is before the start.")).to_be_visible()
    expect(page.get_by_label("End: year")).to_be_focused()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("group", name="Preview")).to_be_visible()


def test_an_edit_keeps_all_else(page: Page, writer: Member) -> None:
    writer.create(title="Before", text="**kept**", tags=["one", "two"], start="2019-03-14", end="2019-03-16")
    page.reload()
    page.locator("summary", has_text="⋯").and_(page.get_by_label("What to do with Before")).click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("After")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="After")).to_be_visible()
    [made] = [each for each in writer.highlights() if each["title"] == "After"]
    assert (made["start"], made["end"], made["tags"]) == ("2019-03-14", "2019-03-16", ["one", "two"])
    assert "<strong>kept</strong>" in made["html"]


def test_what_is_deleted_can_be_had_back(page: Page, writer: Member) -> None:
    writer.create(title="Hasty", start="2018")
    page.reload()
    entry = page.get_by_role("article", name="Hasty")
    entry.get_by_label("What to do with Hasty").click()
    entry.get_by_role("button", name="Delete").click()
    expect(entry).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(entry).to_be_visible()
    assert "Hasty" in [each["title"] for each in writer.highlights()]


def test_tags_of_many_at_once_and_the_way_back(page: Page, writer: Member) -> None:
    for number in range(4):
        writer.create(title=f"Bulk {number}", start=f"201{number}", tags=["old"] if number < 2 else ["choir"])
    before = {each["id"]: each["tags"] for each in writer.highlights()}
    page.reload()
    page.get_by_role("button", name="Select").click()
    page.get_by_role("checkbox", name="Bulk 3").click()
    page.get_by_role("checkbox", name="Bulk 0").click(modifiers=["Shift"])
    expect(page.get_by_text("4 highlights chosen")).to_be_visible()
    page.get_by_role("combobox", name="Add tags").fill("choir,")
    page.get_by_role("combobox", name="Remove tags").fill("old,")
    page.get_by_role("button", name="Change tags …").click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Change tags on 2 of 4?")
    expect(dialog).to_contain_text("2 get choir")
    expect(dialog).to_contain_text("2 lose old")
    dialog.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_text("Tags changed on 4 highlights.")).to_be_visible()
    assert [each["tags"] for each in writer.highlights() if each["title"].startswith("Bulk")] == [
        ["choir"]
    ] * 4
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("All tags are as they were.")).to_be_visible()
    assert {each["id"]: each["tags"] for each in writer.highlights()} == before
