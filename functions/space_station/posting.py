"""What stands in the lists of the index: who it is, what they are found by, what they are open to and to
whom.

All of a member's postings are alike, so that any list can be read for what it shows, and filtered by the
rest.
"""

import hashlib
import json

from core import tokens
from core.shapes import fold
from core.table import Item
from space_station import facets, merit
from space_station.works import words


def place(member_id: str, works: Item) -> str:
    """Where they stand in each list. Among equals chance decides, and the place leads to nobody."""
    chance = tokens.digest(f"place {member_id}")[:16]
    return f"{merit.rank(works.get('years', {}))}#{chance}"


def of(profile: Item, works: Item) -> Item:
    tags, about = facets.tags(works), facets.badges(profile) + facets.places(profile)
    shown = {name: profile.get(name, "") for name in ("id", "handle", "name", "headline", "location")}
    shield = profile.get("shield", {})
    return shown | {
        "badges": [each["name"] for each in profile.get("badges", [])],
        "open_to": [_openness(each) for each in profile.get("open_to", [])],
        "facets": [f"open:{each['activity']}" for each in profile.get("open_to", [])] + tags + about,
        "text": " " + " ".join(facets.spoken(profile)),
        "shield": shield if any(shield.values()) else {},
        "kinds": works.get("kinds", {}),
        "points": sum(works.get("years", {}).values()),
        "latest": max(works.get("years", {}), default=None),
        "telling": _telling(tags + about, profile, works),
    }


def is_public(facet: str, profile: Item) -> bool:
    """Whether visitors may find this member by it. Whoever has a shield is open to members alone."""
    if profile["visibility"] != "public":
        return False
    openness = {f"open:{each['activity']}": each for each in profile.get("open_to", [])}.get(facet)
    return openness is None or (
        openness.get("audience", "everybody") == "everybody" and not any(profile.get("shield", {}).values())
    )


def digest(posting: Item) -> str:
    return hashlib.sha256(json.dumps(posting, sort_keys=True).encode()).hexdigest()[:16]


def _openness(of: Item) -> Item:
    kept = {"activity": of["activity"], "audience": of.get("audience", "everybody")}
    return kept | ({"expires_at": of["expires_at"]} if of.get("expires_at") else {})


def _telling(found_by: list[str], profile: Item, works: Item) -> list[str]:
    """Facets with a word of the member's own name, or of a job's or a school's: not to be shown blind."""
    names = {*works.get("names", {}), *words(profile["name"]), *words(profile["handle"])}
    own = {fold(profile["handle"]), fold(profile["name"])}
    return [
        each for each in found_by if names & {*words(each.partition(":")[2])} or each.partition(":")[2] in own
    ]
