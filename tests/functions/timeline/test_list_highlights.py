from typing import Any

import pytest

from members import change_handle
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    NOBODYS,
    create,
    created,
    delete,
    edit,
    listed,
    pages,
    set_profile,
    titles,
)


def test_lists_newest_first_in_pages(alice: Person) -> None:
    for year in range(2001, 2006):
        created(alice, start=str(year), title=str(year))

    found = [[item["title"] for item in page] for page in pages(alice, limit=2)]

    assert found == [["2005", "2004"], ["2003", "2002"], ["2001"]]


def test_gives_twenty_unless_asked(alice: Person) -> None:
    for _ in range(21):
        created(alice)

    first = listed(alice).json

    assert len(first["items"]) == 20
    assert first["next"]
    assert len(listed(alice, limit=100).json["items"]) == 21


def test_an_empty_timeline_is_an_empty_page(alice: Person) -> None:
    assert listed(alice).json == {"items": [], "next": None}


def test_a_page_holds_all_but_the_markdown(alice: Person) -> None:
    made = create(alice, text="*so*").json

    [item] = listed(alice).json["items"]

    assert made.pop("text") == "*so*"
    assert made.pop("media") == []
    assert item == made


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"start": "2021"}, {"start": "2021-01-01"}),
        ({"start": "2021"}, {"start": "2021-01"}),
        ({"start": "2021-03"}, {"start": "2021-03-01"}),
        ({"start": "2021-03-31"}, {"start": "2021-04"}),
        ({"start": "2020-12-31"}, {"start": "2021"}),
        ({"start": "2021-12-31"}, {"start": "2021", "ongoing": True}),
        ({"start": "2021", "ongoing": True}, {"start": "2021-02", "ongoing": True}),
        ({"start": "2021-12", "ongoing": True}, {"start": "2022"}),
        ({"start": "2021", "end": "2025"}, {"start": "2021-01"}),
        ({"start": "2021-03-03"}, {"start": "2021-03-03"}),  # then what was entered last
    ],
)
def test_orders_by_start(alice: Person, earlier: dict[str, str], later: dict[str, str]) -> None:
    created(alice, title="earlier", **earlier)
    created(alice, title="later", **later)

    assert titles(alice) == ["later", "earlier"]


def test_drafts_and_members_only_are_for_those_who_may_see_them(
    alice: Person, bob: Person, mallory: Person
) -> None:
    for visibility in ("public", "members", "draft"):
        created(alice, title=visibility, visibility=visibility)

    assert titles(alice, alice) == ["draft", "members", "public"]
    assert titles(alice, bob) == titles(alice, mallory) == ["members", "public"]
    assert titles(alice) == ["public"]
    assert titles(alice, bob, visibility="draft") == titles(alice, visibility="draft") == []


def test_a_members_only_profile_is_not_there_for_visitors(alice: Person, bob: Person) -> None:
    created(alice)
    set_profile(alice, visibility="members")

    assert listed(alice).status == 404
    assert titles(alice, bob) == titles(alice, alice) == ["Streams"]


@pytest.mark.parametrize("handle", ["nobody-at-all", "a", "x" * 300, "alice ", "älice", "..%2f", NOBODYS])
def test_nobody_has_no_timeline(handle: str) -> None:
    assert listed(Person("-", handle)).status == 404


def test_an_old_handle_leads_to_the_new_one(alice: Person) -> None:
    call(change_handle.handler, user=alice.id, body={"handle": "ada"})

    moved = listed(alice, tag="c#", limit=3)

    assert moved.status == 308
    assert moved.headers["location"] == "/v1/public/members/ada/highlights?tag=c%23&limit=3"


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ({"limit": 0}, ["/limit"]),
        ({"limit": 101}, ["/limit"]),
        ({"limit": "abc"}, ["/limit"]),
        ({"limit": ""}, ["/limit"]),
        ({"limit": [1, 2]}, ["/limit"]),
        ({"year": 1899}, ["/year"]),
        ({"year": 2101}, ["/year"]),
        ({"year": "2019-03"}, ["/year"]),
        ({"year": 2019, "month": 0}, ["/month"]),
        ({"year": 2019, "month": 13}, ["/month"]),
        ({"month": 3}, ["/month"]),
        ({"kind": "party"}, ["/kind"]),
        ({"badge": "No Slug"}, ["/badge"]),
        ({"tag": "a,b"}, ["/tag"]),
        ({"tag": "a" * 41}, ["/tag"]),
        ({"under": "job"}, ["/under"]),
        ({"pinned": "false"}, ["/pinned"]),
        ({"visibility": "members"}, ["/visibility"]),
        ({"after": "x" * 1025}, ["/after"]),
        ({"owner": "bob", "limit": 0}, ["/limit", "/owner"]),
    ],
)
def test_bad_queries_name_the_parameter(alice: Person, query: dict[str, object], pointers: list[str]) -> None:
    refused = listed(alice, **query)

    assert (refused.status, refused.pointers) == (422, pointers)


def test_a_year_and_a_month_with_what_began_then(alice: Person) -> None:
    for title, start, ongoing in [
        ("before", "2018-12-31", False),
        ("day", "2019-03-14", False),
        ("month", "2019-03", False),
        ("other month", "2019-04-01", False),
        ("year", "2019", False),
        ("since March", "2019-03", True),
        ("since then", "2019", True),
        ("after", "2020", True),
    ]:
        created(alice, title=title, start=start, ongoing=ongoing)

    assert titles(alice, year=2019) == ["since March", "since then", "other month", "day", "month", "year"]
    for limit in (1, 2, 3, 100):
        assert titles(alice, year=2019, month=3, limit=limit) == ["since March", "day", "month"]
    assert titles(alice, year=2019, month=5) == titles(alice, year=2021) == []


def test_a_cursor_stays_good_while_items_come_and_go(alice: Person) -> None:
    ids = [created(alice, start=str(2000 + n), title=str(n)) for n in range(9)]
    first = listed(alice, limit=3).json

    delete(alice, ids[6])  # the very one that the cursor stands at
    delete(alice, ids[4])
    created(alice, start="2020", title="newer")
    created(alice, start="2001-07", title="older")
    edit(alice, ids[0], title="renamed")

    assert [item["title"] for item in first["items"]] == ["8", "7", "6"]
    assert titles(alice, after=first["next"]) == ["5", "3", "2", "older", "1", "renamed"]


def test_a_last_page_can_be_full(alice: Person) -> None:
    for _ in range(4):
        created(alice)

    assert [len(page) for page in pages(alice, limit=2)] in ([2, 2], [2, 2, 0])


def test_two_filters_find_what_stands_far_behind(alice: Person) -> None:
    created(alice, title="old", start="1999", tags=["python"], kind="code")
    for _ in range(101):
        created(alice, tags=["python"])

    found = list(pages(alice, tag="python", kind="code", limit=5))

    assert [len(page) for page in found] == [0, 1]
    assert found[1][0]["title"] == "old"


def test_foreign_cursors_are_refused(alice: Person, bob: Person) -> None:
    for member in (alice, bob):
        for year in (2018, 2019, 2019):
            created(member, start=str(year), tags=["python"], kind="code")
    cursor = listed(alice, limit=1).json["next"]

    assert listed(alice, limit=2, after=cursor).status == 200
    for refused in (
        listed(bob, after=cursor),
        listed(alice, alice, after=cursor),
        listed(alice, bob, after=cursor),
        listed(alice, tag="python", after=cursor),
        listed(alice, kind="code", after=cursor),
        listed(alice, year=2019, after=cursor),
        listed(alice, pinned="true", after=cursor),
    ):
        assert (refused.status, refused.pointers) == (400, ["/after"])


def test_edited_cursors_are_refused(alice: Person) -> None:
    for _ in range(2):
        created(alice)
    cursor = listed(alice, limit=1).json["next"]

    for place, char in enumerate(cursor[:-1]):  # the last one holds bits that stand for nothing
        edited = cursor[:place] + ("A" if char != "A" else "B") + cursor[place + 1 :]
        assert listed(alice, after=edited).status == 400
    for made_up in ("x", "%", "null", cursor + cursor, cursor[:-4], "é", "\x00", "====", "A" * 1024):
        assert listed(alice, after=made_up).status == 400


def test_a_secret_of_another_stage_makes_other_cursors(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        created(alice)
    cursor = listed(alice, limit=1).json["next"]

    monkeypatch.setenv("SIGNING_SECRET", "another")

    assert listed(alice, after=cursor).status == 400


def test_public_pages_are_cached_and_others_never(alice: Person) -> None:
    page = listed(alice)

    assert page.headers["cache-control"].startswith("public, max-age=")
    assert listed(alice, alice).headers["cache-control"] == "private, no-store"


PLACES = ["2022", "2021-03", "2021-02-11", "2021-02", "2021", "2020-12-31", "2020"]


@pytest.mark.parametrize("place", PLACES)
def test_goes_down_from_any_period_and_back_up_without_a_gap(alice: Person, place: str) -> None:
    for start in PLACES:
        created(alice, start=start, title=start)
    created(alice, start="2021-01", title="ongoing", ongoing=True)
    everything = titles(alice)

    down, up = titles(alice, until=place), titles(alice, newer_than=place)

    assert [*reversed(up), *down] == everything
    assert down[0] == {"2021": "ongoing", "2021-02": "2021-02-11", "2020": "2020-12-31"}.get(place, place)


def test_goes_up_in_pages(alice: Person) -> None:
    for year in range(2001, 2006):
        created(alice, start=str(year), title=str(year))

    found = [[item["title"] for item in page] for page in pages(alice, limit=2, newer_than="2002")]

    assert found == [["2003", "2004"], ["2005"]]


@pytest.mark.parametrize(
    "query",
    [{"until": "2020", "newer_than": "2020"}, {"until": "2020", "year": 2020}, {"until": "2020-13"}],
    ids=str,
)
def test_refuses_places_that_contradict_each_other_or_the_calendar(alice: Person, query: Any) -> None:
    assert listed(alice, **query).status == 422
