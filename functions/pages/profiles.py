"""A member's pages, brought to what the facts say now.

A run ends when it finds nothing left to do: whoever writes looks once more at the facts, and at what stands
there. So of several runs at once the last one to write has seen how it ended, and old news undoes nothing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress

from core import keys, table
from core.table import Item
from pages import bucket, indexing, pictures, reading, timelines
from pages.bucket import There
from pages.timelines import Part

_TRIES = 24  # while somebody posts many at once, each look finds more; the queue would come back in minutes

type Step = Callable[[Item, There], bool]

# Of the profile what stands on all pages of a member; all else of it is on the front alone.
_FACE = ("handle", "name", "avatar", "badges", "domain")


class Unsettled(Exception):
    """The facts kept changing; the queue brings the event again."""


def settle(member_id: str, parts: Iterable[Part]) -> None:
    """The pages of these years, and the fronts that lead to them."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for badge, year in parts:
        wanted[badge].add(year)
    _until_nothing_is_left(member_id, lambda profile, there: _parts(profile, there, wanted))


def settle_front(member_id: str) -> None:
    _until_nothing_is_left(member_id, lambda profile, there: _parts(profile, there, {}))


def settle_all(member_id: str) -> None:
    """Everything under the handle; what is there and not wanted goes."""

    def step(profile: Item, there: There) -> bool:
        kept = {each for each in there if pictures.is_picture(each)}
        pages = timelines.placed(profile, timelines.all_pages(profile))
        return bucket.sync(there, pages, stale=there.keys() - kept)

    _until_nothing_is_left(member_id, step)


def take_down(member_id: str) -> None:
    """Whatever stands there of a member, under all handles that they ever had pages under."""
    for handle in handles(member_id):
        _empty(handle)


def sweep(profile: Item) -> None:
    """Nothing stands under a former handle."""
    for handle in handles(profile["id"]):
        if handle != profile["handle"]:
            _empty(handle)


def handles(member_id: str) -> list[str]:
    known = table.get(keys.rendered(member_id), consistent=True) or {}
    return list(dict.fromkeys(known.get("handles", [])))


def face(profile: Item) -> str:
    shown = {name: profile.get(name) for name in _FACE}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def face_there(member_id: str) -> tuple[str, int] | None:
    """What all pages of this member show of them, as far as a run has made sure of it ("": there are none),
    and the version of the profile that it was made sure for. None: nothing was ever made.
    """
    known = table.get(keys.rendered(member_id), consistent=True)
    return (known.get("face", "?"), known.get("seen", 0)) if known else None


def note_face(member_id: str, face: str, version: int) -> None:
    """Unless a run that has seen a newer profile has said so already."""
    change = "SET #face = :face, #seen = :version"
    with suppress(table.ConditionFailed):
        table.write(
            table.update(
                keys.rendered(member_id),
                change,
                "attribute_exists(pk) AND (attribute_not_exists(#seen) OR #seen <= :version)",
                face=face,
                version=version,
            )
        )


def _until_nothing_is_left(member_id: str, step: Step) -> None:
    for _ in range(_TRIES):
        profile = reading.member(member_id)
        if profile is None:
            take_down(member_id)
            return
        claim(profile)
        home = timelines.home(profile)
        there = bucket.listed(home)
        is_new = not there
        if not step(profile, there):
            return
        if is_new:
            indexing.settle(profile["handle"])
    raise Unsettled(member_id)


def _parts(profile: Item, there: There, wanted: dict[str, set[str]]) -> bool:
    changed = False
    for badge in timelines.facets(profile):
        if badge in wanted:
            pages, stale = timelines.year_pages(profile, badge, wanted[badge], there)
            changed |= bucket.sync(there, timelines.placed(profile, pages), stale)
    for badge in timelines.facets(profile):
        if badge in wanted or badge == timelines.WHOLE:
            years = timelines.years_there(profile, badge, there)
            fronts = timelines.placed(profile, timelines.fronts(profile, badge, years))
            changed |= bucket.sync(there, fronts)
    return changed


def claim(profile: Item) -> None:
    """Before anything is written under a handle it is known that there is something to be taken away."""
    handle = profile["handle"]
    if handle not in handles(profile["id"]):
        change = "SET #handles = list_append(if_not_exists(#handles, :none), :new)"
        table.write(table.update(keys.rendered(profile["id"]), change, none=[], new=[handle]))


def _empty(handle: str) -> None:
    there = bucket.listed(f"@{handle}/")
    if bucket.sync(there, [], stale=list(there)):
        indexing.settle(handle)
