"""Where visitors come in: the landing page, and the entrance of the Space Station."""

from core import addresses, keys, table
from core.activities import CATALOGUE
from core.table import Item
from pages import bucket, reading, writing
from pages.bucket import Page

_PEOPLE = 12
_LOOKED_AT = 40
_TRIES = 4


def settle_people() -> None:
    """Both pages show people, so whoever hides is looked for on both."""
    for _ in range(_TRIES):
        people = _people()
        pages = [
            Page("", writing.write("landing.html", people=people[: _PEOPLE // 2])),
            Page("space-station/", writing.write("station.html", people=people, counts=_counts())),
        ]
        there = bucket.listed("index.html") | bucket.listed("space-station/")
        if not bucket.sync(there, pages):
            return


def settle_rest() -> None:
    robots = f"User-agent: *\nDisallow: /app/\nDisallow: /v1/\n\nSitemap: {addresses.site()}/sitemap.xml\n"
    bucket.sync(bucket.listed("robots.txt"), [Page("robots.txt", robots, "text/plain; charset=utf-8")])


def _people() -> list[Item]:
    """As the Space Station ranks them; and as their profiles are now, if everybody may still see those."""
    tiers = table.get(keys.found_counts("all")) or {}
    found: list[str] = []
    for tier in sorted((int(name[1:]) for name in tiers if name[1:].isdecimal()), reverse=True):
        pk = keys.found("all", tier, "").pk
        some, _ = table.query(pk, limit=_LOOKED_AT - len(found), index="gsi1")
        found += [each["id"] for each in some]
        if len(found) >= _LOOKED_AT:
            break
    profiles = [profile for each in found if (profile := reading.member(each))]
    return [each for each in profiles if each.get("in_space_station", True)][:_PEOPLE]


def _counts() -> list[tuple[str, str, int]]:
    """How many can be asked for what, by all members' lists; activities that nobody offers are left out."""
    lists = {keys.found_counts(f"open:{each.activity}").pk: each for each in CATALOGUE}
    items = table.get_many(keys.found_counts(f"open:{each.activity}") for each in CATALOGUE)
    counted = [
        (lists[item[keys.PK]], sum(count for name, count in item.items() if name[1:].isdecimal()))
        for item in items
    ]
    shown = [(each.activity, each.name, count) for each, count in counted if count > 0]
    return sorted(shown, key=lambda each: (-each[2], each[1]))
