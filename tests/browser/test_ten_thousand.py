"""Ten thousand highlights over forty years: a jump costs two calls at most, and Back returns."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, expect

from core import keys, table
from core.table import Item
from infra import operate
from infra.local.demo import many
from tests.browser.app import PATIENCE_MS, Join, Member, Window, window
from tests.browser.test_year_rail import top
from timeline import store, years
from timeline.composing import NewHighlight, made

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

SIZE, SEED = 10_000, 7
NOW = datetime(2026, 11, 23, 9, 48, tzinfo=UTC)
YEAR = """[...document.querySelectorAll('.entries .entry')]
  .find((each) => each.getBoundingClientRect().bottom > 72).closest('.year')
  .querySelector('h2').textContent"""


@pytest.fixture(scope="module")
def noor(join: Join) -> Member:
    """The entries of her whole timeline alone: their facts would keep all effects busy for long."""
    member = join("noor")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLE_NAME", operate._table("local").name)
        table._name.cache_clear()
        table.write_many(_timeline(member.http.get("/v1/me").json()["id"], member.account.handle))
        table.dynamodb.close()
    table._name.cache_clear()
    return member


def _timeline(member_id: str, handle: str) -> Iterator[Item]:
    months: Counter[str] = Counter()
    for body in many.highlights(SIZE, SEED):
        plain = {name: body[name] for name in ("kind", "title", "start", "end", "ongoing")}
        new = NewHighlight.model_validate(plain)
        fact = made(new, [], {}, member_id=member_id, handle=handle, now=NOW)
        months[years.attribute(fact)] += 1
        yield store.entries(fact)[keys.entry(member_id, "all", fact.when, fact.id)]
    yield keys.years(member_id, "all")._asdict() | dict(months)


@pytest.fixture(params=[360, 1280])
def opened(
    request: pytest.FixtureRequest, chromium: Browser, base_url: str, noor: Member
) -> Iterator[Window]:
    looks = {"viewport": {"width": request.param, "height": 800}, "has_touch": request.param == 360}
    with window(chromium, base_url, **looks) as opened:
        opened.sign_in(noor.account)
        opened.page.get_by_role("article").first.wait_for()
        yield opened
        assert opened.complaints == []
        assert not opened.is_too_wide()


def choose(rail: Locator, year: re.Pattern[str], *, by_touch: bool) -> str:
    label = rail.locator(".rail-year", has_text=year).first
    at = label.bounding_box()
    assert at
    place = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    screen = rail.page
    screen.touchscreen.tap(*place) if by_touch else screen.mouse.click(*place)
    return label.inner_text()


def test_nineteen_ninety_is_two_calls_away_and_back_returns(opened: Window) -> None:
    page, rail = opened.page, opened.page.get_by_role("slider")
    expect(page.get_by_text("10,000 highlights")).to_be_visible()
    assert len([each for each in opened.asked("/highlights?") if "pinned" not in each]) <= 2
    page.mouse.move(150, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(800)
    narrow = page.viewport_size == {"width": 360, "height": 800}
    if narrow:
        page.mouse.wheel(0, 1)  # on a phone the rail shows while one scrolls
        page.wait_for_timeout(200)
    before, place = top(opened), page.evaluate("scrollY")
    opened.calls.clear()
    year = choose(rail, re.compile("^19(89|9[0-2])$"), by_touch=narrow)

    expect(page).to_have_url(re.compile(rf"at={year}"))
    expect(page.get_by_role("heading", level=2, name=year)).to_be_visible()
    page.wait_for_timeout(800)
    assert page.evaluate(YEAR) == year
    expect(rail).to_have_attribute("aria-valuetext", re.compile(rf"\b{year}, \d+ highlights?"))
    assert 1 <= len([each for each in opened.calls if "/v1/" in each]) <= 2

    opened.calls.clear()
    page.go_back()
    expect(page).to_have_url(re.compile("/app/$"))
    page.wait_for_timeout(600)
    assert top(opened) == before
    assert abs(page.evaluate("scrollY") - place) < 2
    assert [each for each in opened.asked("/v1/") if "pinned" not in each] == []


def test_the_oldest_is_reached_by_one_key(opened: Window) -> None:
    rail = opened.page.get_by_role("slider")
    rail.focus()
    opened.calls.clear()
    rail.press("End")

    expect(rail).to_have_attribute("aria-valuetext", re.compile("January 1986|^1986"))
    expect(opened.page.get_by_role("heading", level=2, name="1986")).to_be_visible()
    expect(rail).to_be_focused()
    assert 1 <= len(opened.asked("/v1/")) <= 2
