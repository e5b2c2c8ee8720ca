"""The pages of a member's timeline: a front for the whole and for each badge, and one for each year.

A front shows the newest, and leads on to years. So a change is on few pages, however long the timeline is.
"""

from collections.abc import Iterable
from itertools import batched, groupby
from typing import Any

from core import addresses
from core.table import Item
from pages import documents, reading, writing
from pages.bucket import ROOT, Page, There, key
from pages.reading import Shown

WHOLE = ""  # of all badges
NEWEST = 30
_ON_A_PAGE = 50
_MOST_PINNED = 6
_YEAR_DIGITS = 4
_ASKED_OF_US = ("oembed.json", "webfinger.json")

type Part = tuple[str, str]  # a badge or WHOLE, and a year


def home(profile: Item) -> str:
    return f"@{profile['handle']}/"


def badge_name(profile: Item, badge: str) -> str | None:
    return next((each["name"] for each in profile["badges"] if each["id"] == badge), None)


def facets(profile: Item) -> list[str]:
    return [WHOLE, *(each["id"] for each in profile["badges"])]


def folder(profile: Item, badge: str, year: str = "") -> str:
    """`@ana/`, `@ana/barista/`, `@ana/barista/2021/`. A badge that is called as a year is gets a dash."""
    named = f"{badge}-" if _is_year(badge) else badge
    return home(profile) + "".join(f"{each}/" for each in (named, year) if each)


def address(profile: Item, badge: str, year: str = "") -> str:
    """The whole of it, at the member's own domain where that is live."""
    within = folder(profile, badge, year).removeprefix(home(profile)).removesuffix("/")
    return addresses.profile(profile) + (f"/{within}" if within else "")


def link(profile: Item, badge: str, year: str = "") -> str:
    """For pages of our own, where addresses begin with a slash; those at another domain do not."""
    return address(profile, badge, year).removeprefix(addresses.site())


def placed(profile: Item, pages: Iterable[Page]) -> list[Page]:
    """With where they have moved to. What others ask us for by our own name stays with us."""
    if not profile.get("domain"):
        return list(pages)
    there = f"{addresses.profile(profile)}/"
    return [
        each
        if each.path.endswith(_ASKED_OF_US)
        else each._replace(moved=there + each.path.removeprefix(home(profile)).removesuffix("/"))
        for each in pages
    ]


def year_pages(profile: Item, badge: str, wanted: set[str], there: There) -> tuple[list[Page], list[str]]:
    """Those of these years, and of their neighbours where a year comes or goes, for they lead to each other;
    and the keys of all that stands there of these years now.
    """
    found = {year: _in_year(profile, badge, year) for year in wanted}
    before = years_there(profile, badge, there)
    years = sorted({*before, *wanted} - {year for year in wanted if not found[year]}, reverse=True)
    for place, year in enumerate(years):
        beside = {*years[max(place - 1, 0) : place + 2]}
        gone = any(_between(other, years, place) for other in set(before) - set(years))
        if year not in found and (gone or beside - set(before)):
            found[year] = _in_year(profile, badge, year)
    made = [page for year, some in found.items() for page in _of_year(profile, badge, year, some, years)]
    stale = [
        each for year in found for each in there if each.startswith(f"{ROOT}{folder(profile, badge, year)}")
    ]
    return made, stale


def _between(year: str, years: list[str], place: int) -> bool:
    """Whether it stood next to the one at this place."""
    newer, older = years[place - 1] if place else "9999", years[place + 1] if place + 1 < len(years) else "0"
    return older < year < newer


def _in_year(profile: Item, badge: str, year: str) -> list[Shown]:
    return reading.entries(profile, _list(badge), (f"{year}-", f"{year}-~"))


def all_pages(profile: Item) -> list[Page]:
    """All that stands under its handle, but for pictures: one read of each list."""
    made: list[Page] = []
    for badge in facets(profile):
        found = reading.entries(profile, _list(badge))
        by_year = {year: list(some) for year, some in groupby(found, lambda each: each.fact["start"][:4])}
        years = sorted(by_year, reverse=True)
        for year, some in by_year.items():
            made += _of_year(profile, badge, year, some, years)
        made += fronts(profile, badge, years, found)
    return made


def fronts(profile: Item, badge: str, years: list[str], found: list[Shown] | None = None) -> list[Page]:
    """With the whole's own come its feeds and documents."""
    most = NEWEST + 1 if badge else documents.MOST
    newest = reading.entries(profile, _list(badge), most=most) if found is None else found
    pinned = [] if badge else reading.entries(profile, "pinned", most=_MOST_PINNED)
    shown = newest[:NEWEST]
    page = _page(
        "profile.html",
        profile,
        badge,
        pinned=_cards(pinned, profile),
        years_shown=_by_year(shown, profile),
        more=newest[NEWEST].fact["start"][:4] if len(newest) > NEWEST else None,
        years=years,
        linked=documents.linked_profile(documents.shown(profile), shown),
    )
    return [Page(folder(profile, badge), page), *([] if badge else documents.pages(profile, newest))]


def years_there(profile: Item, badge: str, there: There) -> list[str]:
    """Which have pages, newest first."""
    above = key(folder(profile, badge)).removesuffix("index.html")
    names = {each.removeprefix(above).partition("/")[0] for each in there if each.startswith(above)}
    return sorted(filter(_is_year, names), reverse=True)


def _of_year(profile: Item, badge: str, year: str, found: list[Shown], years: list[str]) -> list[Page]:
    parts = list(batched(found, _ON_A_PAGE, strict=False))
    place = years.index(year) if year in years else len(years)
    around = {
        "newer": years[place - 1] if 0 < place <= len(years) else None,
        "older": years[place + 1] if place + 1 < len(years) else None,
    }
    made = []
    for number, part in enumerate(parts, start=1):
        text = _page(
            "year.html",
            profile,
            badge,
            year=year,
            count=len(found),
            cards=_cards(part, profile),
            number=number,
            numbers=len(parts),
            **around,
        )
        made.append(Page(folder(profile, badge, year) + (f"{number}/" if number > 1 else ""), text))
    return made


def _page(template: str, profile: Item, badge: str, **values: Any) -> str:
    return writing.write(
        template,
        member=documents.shown(profile),
        badge=badge,
        badge_name=badge_name(profile, badge),
        here=folder(profile, badge),
        folder_of=lambda other, year="": link(profile, other, year),
        address_at=lambda year="": address(profile, badge, year),
        **values,
    )


def _by_year(found: Iterable[Shown], profile: Item) -> list[tuple[str, list[Item]]]:
    return [
        (year, _cards(some, profile)) for year, some in groupby(found, lambda each: each.fact["start"][:4])
    ]


def _cards(found: Iterable[Shown], profile: Item) -> list[Item]:
    """With `by`: whose it is, where that is somebody else's; and the badges that this member still has."""
    places = {each["id"]: (place, each["name"]) for place, each in enumerate(profile["badges"])}
    cards = []
    for fact, author in found:
        own = author["id"] == profile["id"]
        badges = [(each, *places[each]) for each in fact["badges"] if each in places] if own else []
        people = [each for each in fact["collaborators"] if each["state"] != "declined"]
        cards.append(fact | {"by": None if own else author, "facets": badges, "people": people})
    return cards


def _list(badge: str) -> str:
    return f"badge:{badge}" if badge else "all"


def _is_year(name: str) -> bool:
    return len(name) == _YEAR_DIGITS and name.isdecimal()
