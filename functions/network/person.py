"""Members as lists of people name them."""

from collections.abc import Iterable
from itertools import batched

from core import keys, table
from core.handles import HIDDEN
from core.request import Viewer
from core.shapes import Id, Shape


class Person(Shape):
    id: Id
    handle: str
    name: str
    headline: str


def named(ids: Iterable[str]) -> list[Person]:
    """In the given order; whoever is gone is left out."""
    return [_person(each) for each in _profiles(ids)]


def seen(ids: Iterable[str], viewer: Viewer) -> list[Person]:
    """Those whom this viewer may know of."""
    profiles = _profiles(ids)
    if viewer is None:
        return [_person(each) for each in profiles if each["visibility"] == "public"]
    hidden = _hidden([each["id"] for each in profiles], viewer.id)
    return [_person(each) for each in profiles if each["id"] not in hidden]


def _profiles(ids: Iterable[str]) -> list[table.Item]:
    wanted = [keys.member(each) for each in ids]
    found = {keys.member(each["id"]): each for each in _all(wanted) if each["visibility"] != HIDDEN}
    return [found[key] for key in wanted if key in found]


def _hidden(ids: list[str], viewer_id: str) -> set[str]:
    return {item[keys.SK] for item in _all([keys.block(viewer_id, each) for each in ids])}


def _all(wanted: list[keys.Key]) -> list[table.Item]:
    return [item for some in batched(wanted, 100, strict=False) for item in table.get_many(some)]


def _person(profile: table.Item) -> Person:
    return Person(
        id=profile["id"], handle=profile["handle"], name=profile["name"], headline=profile.get("headline", "")
    )
