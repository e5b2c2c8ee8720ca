"""The page at /docs in a browser: narrow and wide, light and dark, by keyboard, and without a complaint."""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.contrast import ENOUGH, Colour, contrast

pytestmark = pytest.mark.browser

NARROW, WIDE = 360, 1440
WINDOWS = [*itertools.product((320, NARROW, 768, WIDE), ("light", "dark"))]

# The colours of all text that is shown, each with that of the ground it stands on.
COLOURS = """() => {
  const clear = (colour) => colour === 'rgba(0, 0, 0, 0)';
  const ground = (element) => {
    while (element && clear(getComputedStyle(element).backgroundColor)) element = element.parentElement;
    return element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
  };
  const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility()
    && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return shown.map((element) => [getComputedStyle(element).color, ground(element)]);
}"""


# The target of the address, if it begins near the top of the window, or the page ends before it can.
TARGET = """() => {
  const top = document.querySelector(':target').getBoundingClientRect().top;
  if (top >= 0 && top < 200) return location.hash;
  return scrollY + innerHeight >= document.documentElement.scrollHeight - 1 ? 'the end' : `at ${top}`;
}"""

IS_COVERED = """() => document.querySelector(':target > h2').getBoundingClientRect().top
  < document.querySelector('nav').getBoundingClientRect().bottom"""

HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4')].filter((each) => each.checkVisibility())
  .map((each) => [Number(each.tagName[1]), each.innerText.trim()])"""


class Opened(NamedTuple):
    page: Page
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="module", params=WINDOWS, ids=str)
def opened(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Opened]:
    width, scheme = request.param
    yield from _open(chromium, site, width, scheme)


@pytest.fixture
def narrow(chromium: Browser, site: str) -> Iterator[Page]:
    for opened in _open(chromium, site, NARROW, "light"):
        yield opened.page


@pytest.fixture
def wide(chromium: Browser, site: str) -> Iterator[Page]:
    for opened in _open(chromium, site, WIDE, "light"):
        yield opened.page


def _open(chromium: Browser, site: str, width: int, scheme: Any) -> Iterator[Opened]:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened = Opened(page, [], [])
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("requestfailed", lambda failed: opened.complaints.append(failed.url))
    page.on("request", lambda sent: opened.requests.append(sent.url))
    page.goto(f"{site}/docs")
    yield opened
    page.close()


def test_fits_its_window(opened: Opened) -> None:
    opened.page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")

    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_makes_no_complaint_and_asks_for_its_own_files_alone(opened: Opened, site: str) -> None:
    assert opened.complaints == []
    assert set(opened.requests) == {f"{site}/docs", f"{site}/docs/style.css"}


def test_can_be_read_by_weak_eyes_as_it_is_painted(opened: Opened) -> None:
    pairs = {(rgb(ink), rgb(ground)) for ink, ground in opened.page.evaluate(COLOURS)}

    assert len(pairs) > 5
    assert [pair for pair in pairs if contrast(*pair) < ENOUGH] == []


def test_leads_from_the_index_to_each_operation_and_problem(wide: Page) -> None:
    names = wide.locator("nav a").evaluate_all("all => all.map(link => link.hash)")
    assert len(names) > 30
    for name in names:
        wide.locator(f"nav a[href='{name}']").first.evaluate("link => link.click()")
        assert wide.evaluate(TARGET) in (name, "the end")


def test_leads_from_the_short_index_of_a_phone_to_each_part(narrow: Page) -> None:
    links = narrow.locator("nav a:visible").all()
    assert len(links) > 4
    for link in links:
        link.click()
        assert narrow.locator(":target > h2").inner_text() == link.inner_text()
        assert narrow.evaluate(IS_COVERED) is False


def test_explains_a_problem_at_the_address_in_its_type(wide: Page, site: str) -> None:
    wide.goto(f"{site}/docs#not-found")

    assert wide.locator(":target h3").inner_text() == "Not there, or not for you to know of"


def test_can_be_used_by_keyboard(narrow: Page) -> None:
    narrow.keyboard.press("Tab")
    skip = narrow.locator(":focus")
    assert skip.inner_text() == "To the text"
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    narrow.keyboard.press("Enter")
    assert narrow.url.endswith("#start")

    summary = narrow.locator("summary").first
    summary.focus()
    assert summary.evaluate("s => getComputedStyle(s).outlineStyle") == "solid"
    narrow.keyboard.press("Enter")
    assert narrow.locator("details[open]").count() == 1


def test_has_targets_that_a_thumb_can_hit(narrow: Page) -> None:
    boxes = [link.bounding_box() for link in narrow.locator("nav a:visible, .routes a, summary").all()]

    assert min(box["height"] for box in boxes if box) >= 24  # WCAG 2.2, 2.5.8


def test_tells_a_screen_reader_where_it_is(narrow: Page) -> None:
    levels, texts = zip(*narrow.evaluate(HEADINGS), strict=True)

    assert narrow.title() == "Polyfolio API"
    assert narrow.locator("html").get_attribute("lang") == "en"
    assert narrow.get_by_role("main").count() == 1
    assert narrow.get_by_role("navigation", name="Contents").count() == 1
    assert levels[0] == levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(texts)
    assert all(narrow.locator("a, summary").evaluate_all("all => all.map(each => each.textContent.trim())"))


def rgb(colour: str) -> Colour:
    """Of `rgb(1, 2, 3)`, as a browser computes all colours."""
    red, green, blue = map(int, re.findall(r"\d+", colour))
    return red, green, blue
