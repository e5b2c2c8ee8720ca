from datetime import UTC, datetime
from typing import Any

import pytest

from core import clock, keys, table
from network import block_member, follow_member
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.space_station.acting import (
    arrive,
    change,
    handles,
    open_one,
    place,
    search,
    shield,
    works,
)


def counts(answer: dict[str, Any], name: str) -> dict[str, int]:
    return {each["value"]: each["people"] for each in answer["facets"][name]}


@pytest.fixture
def crowd() -> list[Person]:
    ada = arrive("ada", "mentor", "speak", location="Lisboa, Portugal", badges=[{"name": "Yoga teacher"}])
    ben = arrive("ben", "mentor", location="Porto, Portugal", headline="Data tools for one")
    cleo = arrive("cleo", "speak", location="New York City, USA", badges=[{"name": "yoga  TEACHER"}])
    works(ada, tags=["python", "jazz"])
    works(ben, tags=["python"])
    works(cleo, tags=["jazz"])
    return [ada, ben, cleo]


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "ada ben cleo"),
        ({"open_to": "mentor"}, "ada ben"),
        ({"open_to": ["mentor", "speak"]}, "ada"),
        ({"tag": "Python"}, "ada ben"),
        ({"tag": ["python", "jazz"]}, "ada"),
        ({"badge": "Yoga Teacher"}, "ada cleo"),
        ({"place": "portugal"}, "ada ben"),
        ({"place": "LISBOA"}, "ada"),
        ({"place": "new york"}, "cleo"),
        ({"place": "york"}, ""),
        ({"q": "dat"}, "ben"),
        ({"q": "tools data"}, "ben"),
        ({"q": "be"}, "ben"),
        ({"q": "ool"}, ""),
        ({"open_to": "mentor", "tag": "jazz"}, "ada"),
        ({"open_to": "mentor", "tag": "jazz", "place": "lisboa", "badge": "yoga teacher", "q": "ad"}, "ada"),
        ({"open_to": "mentor", "tag": "jazz", "place": "porto"}, ""),
        ({"tag": "nobody has this"}, ""),
    ],
)
def test_all_that_is_asked_for_must_hold(query: dict[str, Any], found: str, mallory: Person) -> None:
    assert sorted(handles(**query)) == found.split()
    assert sorted(handles(mallory, **query)) == found.split()


def test_a_card_shows_who_it_is(crowd: list[Person]) -> None:
    [card] = search(q="ada").json["items"]

    assert card == {
        "id": crowd[0].id,
        "handle": "ada",
        "name": "Ada",
        "headline": "",
        "location": "Lisboa, Portugal",
        "badges": ["Yoga teacher"],
        "tags": ["jazz", "python"],
        "open_to": ["mentor", "speak"],
        "merit": {"kinds": ["presentation"], "points": 1, "latest": "2026"},
    }


@pytest.mark.usefixtures("crowd")
def test_facets_count_what_would_narrow_it_further() -> None:
    found = search(open_to="mentor").json

    assert counts(found, "open_to") == {"speak": 1}
    assert counts(found, "tag") == {"python": 2, "jazz": 1}
    assert counts(found, "badge") == {"yoga teacher": 1}
    assert counts(found, "place") == {"portugal": 2, "lisboa": 1, "porto": 1}
    assert (found["facets"]["counted"], found["facets"]["complete"]) == (2, True)


class TestWhoIsFound:
    def test_only_who_wants_to_be(self, crowd: list[Person], mallory: Person) -> None:
        change(crowd[0], in_space_station=False)

        assert handles(mallory, tag="python") == handles(tag="python") == ["ben"]
        assert handles(mallory, q="ada") == []

    def test_members_only_profiles_by_members_only(self, crowd: list[Person], mallory: Person) -> None:
        change(crowd[0], visibility="members")

        assert handles(tag="python") == ["ben"]
        assert sorted(handles(mallory, tag="python")) == ["ada", "ben"]

    def test_nobody_who_is_gone(self, crowd: list[Person], mallory: Person) -> None:
        table.write(table.delete(keys.member(crowd[0].id)))
        place(crowd[0])

        assert handles(mallory) == ["ben", "cleo"] or sorted(handles(mallory)) == ["ben", "cleo"]

    @pytest.mark.parametrize("blocker", [0, 1])
    def test_of_two_who_block_neither_finds_the_other(
        self, crowd: list[Person], mallory: Person, blocker: int
    ) -> None:
        pair = [crowd[0], mallory] if blocker == 0 else [mallory, crowd[0]]
        call(block_member.handler, user=pair[0].id, handle=pair[1].handle)

        assert sorted(handles(mallory)) == ["ben", "cleo"]
        assert counts(search(mallory).json, "place")["portugal"] == 1

    def test_drafts_and_members_only_highlights_make_nobody_found(self, crowd: list[Person]) -> None:
        works(crowd[2], tags=["secret"], visibility="draft")
        works(crowd[2], tags=["inner"], visibility="members")

        assert handles(tag="secret") == handles(tag="inner") == []
        assert handles(crowd[0], tag="inner") == []

    def test_each_once_however_many_tags(self, crowd: list[Person]) -> None:
        for number in range(30):
            works(crowd[0], tags=[f"jazz {number}", "jazz", f"t{number}"])

        assert sorted(handles(tag="jazz")) == ["ada", "cleo"]
        assert len(search().json["items"]) == 3


class TestWhatSomebodyIsOpenTo:
    def test_is_found_by_its_audience_alone(self, mallory: Person, bob: Person) -> None:
        ada = arrive("ada")
        open_one(ada, "mentor", audience="members")
        open_one(ada, "speak", audience="followed")
        call(follow_member.handler, user=ada.id, handle=bob.handle)

        for activity, seen in {"mentor": [0, 1, 1], "speak": [0, 0, 1]}.items():
            assert [len(handles(who, open_to=activity)) for who in (None, mallory, bob)] == seen
        shown = [search(who, q="ada").json for who in (None, mallory, bob)]
        assert [each["items"][0]["open_to"] for each in shown] == [[], ["mentor"], ["mentor", "speak"]]
        assert [counts(each, "open_to") for each in shown] == [{}, {"mentor": 1}, {"mentor": 1, "speak": 1}]

    def test_is_not_found_behind_a_shield(self, mallory: Person, bob: Person) -> None:
        ada, boss = arrive("ada", "full-time-job"), arrive("boss", domain="hr.acme.example")
        shield(ada, domains=["acme.example"], members=[bob.handle])

        for who in (None, boss, bob):
            assert handles(who, open_to="full-time-job") == []
            found = search(who, q="ada").json
            assert (found["items"][0]["open_to"], counts(found, "open_to")) == ([], {})
        assert handles(mallory, open_to="full-time-job") == ["ada"]

    def test_is_over_when_it_has_expired(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ada = arrive("ada")
        open_one(ada, "mentor", expires_at="2998-01-01T00:00:00Z")
        assert handles(open_to="mentor") == ["ada"]

        monkeypatch.setattr(clock, "now", lambda: datetime(2998, 1, 1, tzinfo=UTC))

        assert handles(open_to="mentor") == []


class TestPages:
    def test_all_come_once_page_by_page(self) -> None:
        people = [arrive(f"m-{number}", "mentor") for number in range(12)]
        for number, each in enumerate(people):
            works(each, start=str(2026 - number), end=str(2026 - number))

        for query in ({}, {"open_to": "mentor"}, {"open_to": "mentor", "q": "m"}):
            if "q" in query:
                continue
            assert handles(limit=5, **query) == [each.handle for each in people]

    def test_facets_come_with_the_first_page(self, crowd: list[Person]) -> None:
        assert crowd
        first = search(limit=1).json
        second = search(limit=1, after=first["next"]).json

        assert first["facets"]["counted"] == 3
        assert second["facets"] is None

    def test_one_searchs_cursor_is_not_anothers(self, crowd: list[Person], mallory: Person) -> None:
        assert crowd
        cursor = search(limit=1).json["next"]

        assert search(tag="python", after=cursor).status == 400
        assert search(mallory, after=cursor).status == 400
        assert search(blind="true", after=cursor).status == 400


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"open_to": "napping"}, "/open_to/0"),
        ({"open_to": ["mentor", "speak", "teach", "write"]}, "/open_to"),
        ({"tag": ["a", "b", "c", "d", "e", "f"]}, "/tag"),
        ({"tag": "<script>"}, "/tag/0"),
        ({"place": ""}, "/place/0"),
        ({"badge": "x" * 61}, "/badge/0"),
        ({"q": "a"}, "/q"),
        ({"q": "aa bb cc dd ee"}, "/q"),
        ({"q": "x" * 101}, "/q"),
        ({"blind": "yes"}, "/blind"),
        ({"blind": "true", "q": "ada"}, "/q"),
        ({"limit": 0}, "/limit"),
        ({"name": "ada"}, "/name"),
    ],
)
def test_what_cannot_be_asked_is_named(query: dict[str, Any], pointer: str) -> None:
    refused = search(**query)

    assert (refused.status, refused.pointers) == (422, [pointer])
