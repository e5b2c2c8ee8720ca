"""What a member is found by: activities, tags, badges, place, and the words of name, handle and headline.

A facet is a name such as `tag:python` or `open:mentor`. Each is a list of the index. Words are listed by
how they begin (`word:py`, `word:pyt`), and what stands in the list says how they go on.
"""

import re

from core.shapes import fold
from core.table import Item
from space_station.works import words

ALL = "all"
_MOST_TAGS, _MOST_WORDS, _MOST_PLACES = 16, 12, 5
_MOST_LETTERS = 3
_FINDABLE = ("public", "members")


def groups(profile: Item | None, works: Item) -> dict[str, list[str]]:
    """In groups of 24 at most, for each of which old and new fit into one transaction."""
    if profile is None or not is_found(profile):
        return {name: [] for name in GROUPS}
    return {
        "open": [ALL, *(f"open:{each['activity']}" for each in profile.get("open_to", []))],
        "tags": tags(works),
        "about": badges(profile) + places(profile),
        "words": beginnings(spoken(profile)),
    }


GROUPS = ("open", "tags", "about", "words")


def is_found(profile: Item) -> bool:
    return bool(profile.get("in_space_station", True)) and profile.get("visibility") in _FINDABLE


def tags(works: Item) -> list[str]:
    """The most used ones: more would only be seen more often."""
    ranked = sorted(works.get("tags", {}).items(), key=lambda each: (-each[1], each[0]))
    return [f"tag:{tag}" for tag, _ in ranked[:_MOST_TAGS]]


def badges(profile: Item) -> list[str]:
    return list(dict.fromkeys(f"badge:{fold(each['name'])}" for each in profile.get("badges", [])))


def places(profile: Item) -> list[str]:
    """`New York City, USA`: new, new york, new york city, usa. City and country first."""
    parts = [part.split() for part in re.split(r"\s*[,;/|()·]\s*", fold(profile.get("location", "")))]
    names = [" ".join(part) for part in parts if part]
    names += [" ".join(part[:length]) for part in parts for length in range(1, min(len(part), 4))]
    return [f"place:{name}" for name in list(dict.fromkeys(names))[:_MOST_PLACES]]


def spoken(profile: Item) -> list[str]:
    """The words of name, handle and headline, in this order."""
    texts = (profile["name"], profile["handle"], profile.get("headline", ""))
    return list(dict.fromkeys(word for text in texts for word in words(text)))[:_MOST_WORDS]


def beginnings(spoken: list[str]) -> list[str]:
    return list(dict.fromkeys(f"word:{word[:n]}" for word in spoken for n in (2, _MOST_LETTERS)))


def beginning(asked: str) -> str:
    """The list in which a word that begins so is found."""
    return f"word:{asked[:_MOST_LETTERS]}"
