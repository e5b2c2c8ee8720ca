"""Forty years on one rail: a jump costs one call, lands where it says, and Back returns."""

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import PATIENCE_MS, Join, Member, Window, window

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

YEARS = range(1986, 2026)


@pytest.fixture(scope="module")
def veteran(join: Join) -> Member:
    """Three a year, for forty years; and one that goes on."""
    member = join("veteran")
    starts = [f"{year}-{month}" for year in YEARS for month in ("03-14", "07", "11-02")]
    text = "What came of it.\n\n" * 3
    ongoing = {"title": "Still going", "start": "1987-05", "ongoing": True}
    member.create_all(
        [ongoing, *({"title": f"In {start}", "start": start, "text": text} for start in starts)]
    )
    return member


@pytest.fixture
def wide(chromium: Browser, base_url: str, veteran: Member) -> Iterator[Window]:
    with window(chromium, base_url, viewport={"width": 1280, "height": 800}) as opened:
        opened.sign_in(veteran.account)
        opened.page.get_by_role("slider").wait_for()
        opened.page.get_by_role("article").first.wait_for()
        yield opened
        assert opened.complaints == []


TOP = """[...document.querySelectorAll('.entry')].find((each) => each.getBoundingClientRect().bottom > 72)
  .querySelector('h3').textContent"""
PLACES = "all => all.map((each) => [each.innerText, each.getBoundingClientRect().top])"


def top(opened: Window) -> str:
    """The title of what stands under the bar."""
    return str(opened.page.evaluate(TOP))


def test_the_rail_and_the_first_page_are_all_that_is_asked_for(wide: Window) -> None:
    lists = [each for each in wide.asked("/highlights?") if "pinned" not in each]

    assert len([each for each in wide.asked("/timeline") if "/v1/" in each]) == 1
    assert len(lists) <= 2, "the page, and at most the next one"


def test_a_jump_by_pointer_costs_two_calls_at_most_and_back_returns(wide: Window) -> None:
    page, rail = wide.page, wide.page.get_by_role("slider")
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(600)
    before, place = top(wide), page.evaluate("scrollY")
    wide.calls.clear()
    label = rail.locator(".rail-year", has_text=re.compile("^19(9[0-9]|8[7-9])$")).first
    year = label.inner_text()
    at = label.bounding_box()
    assert at
    page.mouse.click(at["x"] + 60, at["y"] + at["height"] / 2)

    expect(page).to_have_url(re.compile(f"at={year}-11$"))
    expect(page.get_by_role("heading", name=f"In {year}-11-02")).to_be_visible()
    page.wait_for_timeout(800)
    assert top(wide) == f"In {year}-11-02"
    expect(rail).to_have_attribute("aria-valuetext", f"November {year}, 1 highlight")
    assert len([each for each in wide.calls if "/v1/" in each]) <= 2

    wide.calls.clear()
    page.go_back()
    expect(page).to_have_url(re.compile("/app/$"))
    page.wait_for_timeout(500)
    assert top(wide) == before
    assert abs(page.evaluate("scrollY") - place) < 2
    assert wide.asked("/highlights?until") == []


def test_from_a_jump_one_reads_on_in_both_directions_without_a_gap(wide: Window) -> None:
    page = wide.page
    wide.go("/app/?at=2001-07")
    page.get_by_role("heading", name="In 2001-07").wait_for()
    page.wait_for_timeout(800)
    assert top(wide) == "In 2001-07"
    page.mouse.wheel(0, -400)
    page.get_by_role("heading", name="In 2001-11-02").wait_for()
    page.wait_for_timeout(600)
    for _ in range(3):
        page.mouse.wheel(0, 6000)
        page.wait_for_timeout(700)

    found = page.get_by_role("article").get_by_role("heading").all_text_contents()
    titles = [each for each in found if each != "Still going"]
    expected = [f"In {year}-{month}" for year in reversed(YEARS) for month in ("11-02", "07", "03-14")]
    first = expected.index(titles[0])
    assert titles == expected[first : first + len(titles)]
    assert "In 2001-11-02" in titles
    assert "In 1995-07" in titles


def test_a_jump_to_what_is_ongoing_lands_on_top_of_its_year(wide: Window) -> None:
    wide.calls.clear()
    wide.go("/app/?at=1987-05")
    wide.page.get_by_role("heading", name="Still going").wait_for()
    wide.page.wait_for_timeout(800)

    assert top(wide) == "Still going"
    expect(wide.page.get_by_role("slider")).to_have_attribute("aria-valuetext", "May 1987, 1 highlight")
    assert len(wide.asked("/highlights?")) <= 2


def test_by_keyboard_it_is_a_slider(wide: Window) -> None:
    rail = wide.page.get_by_role("slider", name="Year and month")
    rail.focus()
    said = [rail.get_attribute("aria-valuetext")]
    for key in ("ArrowDown", "PageDown", "ArrowUp", "PageUp", "End", "Home", "PageDown"):
        rail.press(key)
        said.append(rail.get_attribute("aria-valuetext"))

    assert [(each or "").removesuffix(", 1 highlight") for each in said] == [
        "November 2025", "July 2025", "November 2024", "March 2025", "November 2025", "March 1986",
        "November 2025", "November 2024",
    ]  # fmt: skip
    expect(wide.page).to_have_url(re.compile("at=2024-11$"))
    expect(rail).to_be_focused()
    expect(wide.page.get_by_role("heading", name="In 2024-11-02")).to_be_visible()


def test_labels_keep_their_distance_and_the_oldest_year_has_one(wide: Window) -> None:
    for height in (400, 800):
        wide.page.set_viewport_size({"width": 1280, "height": height})
        wide.page.wait_for_timeout(300)
        places = wide.page.locator(".rail-year").evaluate_all(PLACES)
        assert places[-1][0] == "1986"
        assert all(after[1] - before[1] >= 16 for before, after in itertools.pairwise(places))


def test_on_a_phone_it_shows_while_one_scrolls(chromium: Browser, base_url: str, veteran: Member) -> None:
    with window(chromium, base_url, viewport={"width": 360, "height": 740}, has_touch=True) as opened:
        opened.sign_in(veteran.account)
        rail = opened.page.get_by_role("slider")
        opened.page.get_by_role("article").first.wait_for()
        opened.page.wait_for_timeout(2200)
        assert rail.evaluate("each => getComputedStyle(each).opacity") == "0"
        opened.page.mouse.wheel(0, 600)
        opened.page.wait_for_timeout(500)
        assert rail.evaluate("each => getComputedStyle(each).opacity") == "1"
        assert not opened.is_too_wide()
        assert opened.complaints == []
