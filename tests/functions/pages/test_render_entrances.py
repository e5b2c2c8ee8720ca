"""Where visitors come in: who is here, as the Space Station ranks them."""

from core import keys, table
from pages import render_entrances
from tests.functions.conftest import Person
from tests.functions.pages.acting import page, render, tell
from tests.functions.space_station.acting import arrive, works


def look() -> None:
    tell(render_entrances.handler)


def test_shows_who_is_here_the_best_first(bob: Person) -> None:
    arrive("plain", name="Plain")
    busy = arrive("busy", name="Busy", headline="At work")
    works(busy, start="2026", confirmed_by=(bob,))
    look()

    for path in ("", "space-station/"):
        text = page(path)
        assert text.index('href="/@busy"') < text.index('href="/@plain"'), path
    assert "At work" in page("")


def test_shows_nobody_who_hides_or_does_not_want_to_be_found() -> None:
    ada = arrive("ada", name="Canary")
    look()
    assert "Canary" in page("")

    profile = table.get(keys.member(ada.id)) or {}
    table.write(table.put(profile | {"visibility": "members", "version": profile["version"] + 1}))
    render(ada)
    assert "Canary" not in page("") + page("space-station/")

    table.write(table.put(profile | {"in_space_station": False, "version": profile["version"] + 2}))
    look()
    assert "Canary" not in page("") + page("space-station/")


def test_counts_what_people_can_be_asked_for() -> None:
    arrive("ada", "mentor", "speak")
    arrive("eve", "mentor")
    look()

    assert 'open_to=mentor">Mentor <span class="soft">2</span>' in page("space-station/")


def test_tells_crawlers_where_to_look() -> None:
    look()

    assert "Sitemap: https://polyfolio.example/sitemap.xml" in page("robots.txt")
    assert "Join the waiting list" in page("")
