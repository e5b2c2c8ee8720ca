"""The public pages as visitors have them: whole without JavaScript, and nothing lost with it; at any width,
light and dark, with absurdly long words, and without a request to anybody else.
"""

import itertools
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.test_first_steps import soon
from tests.browser.app import PATIENCE_MS, Join, Member, Window, window
from tests.browser.exhibits import PAGES, Exhibits, exhibits

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

WIDTHS = (320, 360, 768, 1440)
WINDOWS = [*itertools.product((360, 1440), ("light", "dark"))]
FOR_ALL = ("landing", "station", "board")  # which other tests' members stand on, too
NOT_THERE = ("missing", "private")  # of which the browser itself complains
PICTURES = """all => all.map((each) => ({ alt: each.getAttribute('alt'), width: each.getAttribute('width'),
  height: each.getAttribute('height'), shown: each.checkVisibility(), loaded: each.naturalWidth }))"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
SITE = re.compile(r"^http://localhost:\d+")
EACH_LINK = "all => all.map((each) => each.getAttribute('href'))"


@pytest.fixture(scope="module")
def maker(join: Join) -> Member:
    return join("maker")


@pytest.fixture(scope="module")
def pages(base_url: str, maker: Member, join: Join, tmp_path_factory: pytest.TempPathFactory) -> Exhibits:
    return exhibits(base_url, maker, join, tmp_path_factory.mktemp("exhibits"))


@pytest.fixture(scope="module")
def plain(chromium: Browser, base_url: str) -> Iterator[Window]:
    """A window in which no script runs."""
    with window(chromium, base_url, java_script_enabled=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def scripted(chromium: Browser, base_url: str) -> Iterator[Window]:
    with window(chromium, base_url, reduced_motion="reduce") as opened:
        yield opened


@pytest.fixture(scope="module", params=WINDOWS, ids=str)
def looked_at(request: pytest.FixtureRequest, chromium: Browser, base_url: str) -> Iterator[Window]:
    width, scheme = request.param
    with window(chromium, base_url, viewport={"width": width, "height": 800}, color_scheme=scheme) as opened:
        yield opened


def visit(opened: Window, pages: Exhibits, name: str) -> Page:
    opened.calls.clear()
    opened.complaints.clear()
    opened.go(pages[name].path)
    opened.page.wait_for_load_state("networkidle")
    return opened.page


def links(page: Page) -> set[str]:
    """Pages know the site by another port than these tests have it at."""
    found = page.locator("a[href], link[href]").evaluate_all(EACH_LINK)
    return {SITE.sub("", each) for each in found}


def without_complaint(opened: Window, name: str) -> None:
    said = [each for each in opened.complaints if not (name in NOT_THERE and "status of 404" in each)]
    assert said == []
    assert [each for each in opened.calls if not each.startswith("GET /")] == []


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_all_of_it_is_there(plain: Window, pages: Exhibits, name: str) -> None:
    page, shown = visit(plain, pages, name), pages[name]

    for text in shown.texts:
        expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
    assert set(shown.leads) <= links(page)
    seen = page.locator("img").evaluate_all(PICTURES)
    assert len(seen) == shown.pictures or (name in FOR_ALL and len(seen) > shown.pictures)
    for each in seen:
        assert each["alt"] is not None
        assert int(each["width"]) * int(each["height"]) > 0
        assert each["loaded"] or not each["shown"]
    assert page.get_by_role("main").count() == 1
    without_complaint(plain, name)


def test_without_javascript_media_say_what_they_are(plain: Window, pages: Exhibits) -> None:
    page = visit(plain, pages, "highlight")

    for text in ("A kiln of bricks", "A plan of the kiln"):
        expect(page.get_by_alt_text(text)).to_be_visible()
    film = page.locator("video")
    assert film.get_attribute("aria-label") == "The kiln is lit"
    assert film.get_attribute("controls") is not None
    assert film.bounding_box()


def test_each_link_leads_to_a_page(plain: Window, pages: Exhibits) -> None:
    there = {each for name in PAGES for each in links(visit(plain, pages, name)) if each.startswith("/")}
    with httpx.Client(base_url=plain.base_url, timeout=60, trust_env=False, follow_redirects=True) as visitor:

        def missing() -> set[str]:
            return {each for each in there if visitor.get(each).status_code != 200}

        soon(missing, lambda left: not left, within=420)  # where one fails, its event comes again

    assert len(there) > 60


def test_members_things_are_on_none(plain: Window, pages: Exhibits) -> None:
    home = pages["profile"].path
    for path in (home, f"{home}/2022", f"{home}/feed.rss", f"{home}/feed.json", f"{home}/resume.json"):
        assert "For members alone" not in httpx.get(plain.base_url + path, timeout=60, trust_env=False).text


@pytest.mark.parametrize("name", PAGES)
def test_with_javascript_nothing_is_lost(plain: Window, scripted: Window, pages: Exhibits, name: str) -> None:
    before = visit(plain, pages, name).locator("body").inner_text()
    after = visit(scripted, pages, name).locator("body").inner_text()

    if name == "landing":  # a form stands in the place of the word that it takes JavaScript
        before, after = (re.sub("(?s)Members come by.*?You have an", "", text) for text in (before, after))
    assert after == before
    without_complaint(scripted, name)


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it_at_any_width(looked_at: Window, pages: Exhibits, name: str) -> None:
    page = visit(looked_at, pages, name)

    assert looked_at.faults() == []
    as_it_was = page.viewport_size
    assert as_it_was
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(TOO_WIDE), width
    page.set_viewport_size(as_it_was)
    without_complaint(looked_at, name)


def test_the_years_count_lead_and_follow(scripted: Window, pages: Exhibits) -> None:
    page = visit(scripted, pages, "profile")
    rail = page.get_by_role("navigation", name="Years")
    newest, middle, full, oldest = (
        rail.get_by_role("link", name=each) for each in ("2024", "2021", "2019", "1998")
    )
    assert scripted.asked("/v1/") == []

    newest.focus()
    expect(full).to_have_attribute("title", "30 highlights")
    page.keyboard.press("ArrowDown")
    expect(middle).to_be_focused()
    page.keyboard.press("End")
    expect(oldest).to_be_focused()
    page.keyboard.press("Home")
    expect(newest).to_be_focused()

    middle.click()
    expect(page).to_have_url(re.compile("#y2021$"))
    expect(page.get_by_role("heading", name="A jug")).to_be_in_viewport()
    expect(rail.locator("[aria-current]")).to_have_count(1)  # the year that is being read
    full.click()
    expect(page.get_by_role("heading", level=1, name="2019")).to_be_visible()
    page.get_by_role("link", name="1998").click()
    expect(page.get_by_role("heading", name="A first plate")).to_be_visible()
    without_complaint(scripted, "profile")


@pytest.mark.parametrize("scripts", ["plain", "scripted"])
def test_badges_filter_and_years_go_on_within_one(
    request: pytest.FixtureRequest, pages: Exhibits, scripts: str
) -> None:
    page = visit(request.getfixturevalue(scripts), pages, "profile")
    badges = page.get_by_role("navigation", name="Badges")

    badges.get_by_role("link", name="Potter").click()
    expect(badges.get_by_role("link", name="Potter")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("article")).to_have_count(1)
    badges.get_by_role("link", name="Cook").click()
    page.get_by_role("navigation", name="Years").get_by_role("link", name="2021").click()
    expect(page.get_by_role("heading", level=1, name="2021")).to_contain_text("Cook")
    badges.get_by_role("link", name="All").click()
    expect(page.get_by_role("heading", name="A kiln of our own").first).to_be_visible()


def test_from_the_front_page_to_the_waiting_list(scripted: Window, pages: Exhibits) -> None:
    page = visit(scripted, pages, "landing")
    page.get_by_role("link", name="Join the waiting list").click()
    page.get_by_label("E-mail").fill("somebody@example.org")
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("status")).to_contain_text("Look into the mailbox of somebody@example.org")
    assert scripted.complaints == []


def test_whose_page_it_is_finds_the_way_to_change_it(
    chromium: Browser, base_url: str, maker: Member, pages: Exhibits
) -> None:
    with window(chromium, base_url) as opened:
        opened.sign_in(maker.account)
        opened.go(pages["absurd profile"].path)
        expect(opened.page.get_by_role("link", name="My timeline")).to_be_visible()
        expect(opened.page.get_by_role("link", name="Edit your profile")).to_have_count(0)
        opened.go(pages["highlight"].path)
        expect(opened.page.get_by_role("link", name="Edit this highlight")).to_be_visible()
        opened.go(pages["profile"].path)
        opened.page.get_by_role("link", name="Edit your profile").click()
        expect(opened.page.get_by_role("heading", level=1, name="Your profile")).to_be_visible()
        assert opened.complaints == []
