"""Blind mode: no byte of any answer names or shows the person, until they decide to."""

import base64
import json
from typing import Any

import pytest

from core import blind
from members import edit_me, open_up
from space_station import list_my_reveals, reveal_myself
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.space_station.acting import arrive, place, search, works

CANARY = "zanzibar"


@pytest.fixture
def hidden() -> Person:
    """Somebody all of whose texts name them, or an employer or school of theirs."""
    person = arrive(f"{CANARY}-x")
    texts = {
        "name": f"Ana {CANARY} Moura",
        "headline": f"{CANARY} of headlines",
        "bio": f"I am {CANARY}",
        "location": f"{CANARY}, Portugal",
        "pronouns": f"{CANARY}",
        "links": [{"url": f"https://{CANARY}.example/", "title": CANARY}],
        "badges": [{"name": f"{CANARY} teacher"}, {"name": "Baker"}],
    }
    assert call(edit_me.handler, user=person.id, body=texts).status == 200
    how = {"note": f"Ask {CANARY}", "question": f"Who is {CANARY}?"}
    assert call(open_up.handler, user=person.id, body=how, activity="mentor").status == 200
    place(person)
    works(person, title=f"Talk at {CANARY}", text=CANARY, tags=["python", CANARY, f"team {CANARY}", "acme"])
    works(person, kind="job", title="Engineer at Acme", tags=["acme"])
    works(person, kind="learning", title=f"Degree of {CANARY}")
    return person


@pytest.fixture
def others(hidden: Person) -> list[Person]:
    """Colleagues, with whom one has a place, a badge and tags in common."""
    assert hidden
    made = [
        arrive(f"m-{n}", "mentor", location="Porto, Portugal", badges=[{"name": "Baker"}]) for n in range(3)
    ]
    for each in made:
        works(each, tags=["python", "acme"])
    return made


def everything_of(viewer: Person | None, **query: Any) -> str:
    """Every byte of all pages of a blind search: bodies and headers, and what base64 hides in them."""
    seen = ""
    while True:
        page = search(viewer, blind="true", **query)
        assert page.status == 200
        text = json.dumps(page.json, ensure_ascii=False) + json.dumps(page.headers)
        tokens = [page.json["next"] or ""] + [each["alias"] for each in page.json["items"]]
        seen += text + " ".join(unpacked(each) for each in tokens)
        if page.json["next"] is None:
            return seen.lower()
        query["after"] = page.json["next"]


def unpacked(token: str) -> str:
    raw = token.removeprefix("~")
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("latin-1")


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(
    "query", [{}, {"limit": 1}, {"open_to": "mentor"}, {"tag": "python"}, {"tag": ["python"], "limit": 2}]
)
def test_no_byte_names_the_person(hidden: Person, mallory: Person, query: dict[str, Any]) -> None:
    for viewer in (mallory, None):
        seen = everything_of(viewer, **query)

        assert "baker" in seen, "the search found nobody"
        for canary in (CANARY, hidden.id.lower(), hidden.handle, "moura", '"ana'):
            assert canary not in seen, canary


@pytest.mark.usefixtures("others")
def test_the_same_bytes_are_seen_where_it_is_not_blind(hidden: Person, mallory: Person) -> None:
    """Or the canary would prove nothing."""
    seen = json.dumps(search(mallory).json).lower()

    assert all(each in seen for each in (CANARY, hidden.id.lower(), hidden.handle, "moura"))


@pytest.mark.usefixtures("others")
def test_an_employers_name_is_no_tag_of_theirs_though_others_share_it(mallory: Person) -> None:
    cards = search(mallory, blind="true").json["items"]

    with_acme = [each for each in cards if "acme" in each["tags"]]
    assert (len(cards), len(with_acme)) == (4, 3), "those whose job has not named it"


@pytest.mark.usefixtures("others")
def test_what_is_common_is_shown() -> None:
    card = next(each for each in search(blind="true").json["items"] if "job" in each["merit"]["kinds"])

    assert card.keys() == {
        *("alias", "badges", "tags", "places", "open_to", "merit", "revealed"),
    }
    assert (card["badges"], card["tags"], card["places"]) == (["baker"], ["python"], ["portugal"])
    assert card["open_to"] == ["mentor"]
    assert card["merit"] == {"kinds": ["job", "learning", "presentation"], "points": 1, "latest": "2026"}


@pytest.mark.usefixtures("hidden")
def test_what_only_one_has_is_shown_to_who_asked_for_it_alone(mallory: Person) -> None:
    [card] = search(mallory, blind="true", tag="python").json["items"]

    assert (card["tags"], card["badges"]) == (["python"], [])
    found = search(mallory, blind="true", tag="python").json["facets"]
    assert (found["tag"], found["badge"], found["place"]) == ([], [], [])


def test_an_alias_is_the_same_for_one_searcher_and_another_for_each(
    hidden: Person, alice: Person, bob: Person
) -> None:
    def alias(viewer: Person) -> str:
        return str(search(viewer, blind="true", tag="python").json["items"][0]["alias"])

    assert alias(alice) == alias(alice) != alias(bob)
    assert blind.opened(alias(alice), alice.id) == hidden.id
    assert blind.opened(alias(alice), bob.id) is None


@pytest.mark.parametrize("alias", ["", "~", "~x", "ana", "~" + "A" * 300, "~ü"])
def test_what_is_no_alias_opens_nobody(alice: Person, alias: str) -> None:
    assert blind.opened(alias, alice.id) is None


def test_who_reveals_themselves_is_named_to_that_searcher_alone(
    hidden: Person, alice: Person, bob: Person
) -> None:
    for _ in range(2):
        assert call(reveal_myself.handler, user=hidden.id, handle="alice").status == 204

    def revealed(viewer: Person | None) -> Any:
        return search(viewer, blind="true", tag="python").json["items"][0]["revealed"]

    assert revealed(alice) == {"handle": hidden.handle, "name": "Ana zanzibar Moura"}
    assert [revealed(bob), revealed(None)] == [None, None]
    [told] = call(list_my_reveals.handler, user=hidden.id).json["items"]
    assert (told["member_id"], told["handle"], told["name"]) == (alice.id, "alice", "Alice")
    assert call(list_my_reveals.handler, user=alice.id).json["items"] == []
