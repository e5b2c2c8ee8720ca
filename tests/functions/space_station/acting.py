"""What members do in these tests, what follows from it, and what the Space Station answers."""

import json
from typing import Any

from core import keys
from members import edit_me, open_up, raise_shield
from space_station import place_member, place_works, search_space_station
from tests.cloud import Answer, Handler, call
from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import answer, created, everything

PLACED = ("STATION#", "FOUND#", "FACET#")


def tell(effect: Handler, **detail: Any) -> None:
    record = {"messageId": "m", "body": json.dumps({"detail": detail | {"version": 1}})}
    assert effect({"Records": [record]}, None) == {"batchItemFailures": []}


def place(*people: Person) -> None:
    for each in people:
        tell(place_member.handler, member_id=each.id)


def place_all() -> None:
    """What follows from all facts as they are."""
    for item in everything():
        if item[keys.SK] == "PROFILE":
            tell(place_member.handler, member_id=item["id"])
        if item[keys.SK] == "HIGHLIGHT":
            tell(place_works.handler, highlight_id=item["id"])


def works(person: Person, *, confirmed_by: tuple[Person, ...] = (), **highlight: Any) -> str:
    """A highlight, and its place in what is found."""
    named = [{"handle": each.handle} for each in confirmed_by]
    made = created(person, **{"start": "2026", "collaborators": named} | highlight)
    for each in confirmed_by:
        answer(each, made, "accepted")
    tell(place_works.handler, highlight_id=made)
    return made


def arrive(handle: str, *open_to: str, domain: str = "example.org", **profile: Any) -> Person:
    """A member who is found."""
    person = join(handle, domain)
    change(person, **profile)
    for each in open_to:
        open_one(person, each)
    return person


def change(person: Person, **profile: Any) -> None:
    if profile:
        assert call(edit_me.handler, user=person.id, body=profile).status == 200
    place(person)


def open_one(person: Person, activity: str, **how: Any) -> None:
    assert call(open_up.handler, user=person.id, body=how, activity=activity).status == 200
    place(person)


def shield(person: Person, **shield: Any) -> None:
    assert call(raise_shield.handler, user=person.id, body=shield).status == 200
    place(person)


def search(viewer: Person | None = None, /, **query: Any) -> Answer:
    return call(
        search_space_station.handler,
        user=viewer.id if viewer else None,
        public=viewer is None,
        query=query,
    )


def handles(viewer: Person | None = None, /, **query: Any) -> list[str]:
    """Of all pages."""
    found: list[str] = []
    while True:
        page = search(viewer, **query)
        assert page.status == 200, page
        found += [each["handle"] for each in page.json["items"]]
        if page.json["next"] is None:
            return found
        query["after"] = page.json["next"]


def index() -> dict[tuple[str, str], dict[str, Any]]:
    """All that the index holds, without how often it moved."""
    found = {}
    for item in everything():
        key = (item.pop("pk"), item.pop("sk"))
        if key[0].startswith(PLACED) or key[1] in ("WORKED", "UNPLACED"):
            kept = {name: value for name, value in item.items() if name not in ("revision", "version")}
            if any(kept.values()):
                found[key] = kept
    return found
