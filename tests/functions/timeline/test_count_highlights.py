import pytest

from members import change_handle
from tests.cloud import call
from tests.functions.conftest import Person
from tests.functions.timeline.acting import (
    answer,
    counted,
    created,
    delete,
    edit,
    follow_up,
    set_profile,
)


def test_counts_by_year_and_month(alice: Person) -> None:
    starts = ["2019-03", "2019-03-14", "2019-12-31", "2019", "2021-01", "1998"]
    follow_up(*[created(alice, start=start) for start in starts])

    assert counted(alice).json == {
        "count": 6,
        "years": [
            {"year": 2021, "count": 1, "months": [{"month": 1, "count": 1}]},
            {"year": 2019, "count": 4, "months": [{"month": 12, "count": 1}, {"month": 3, "count": 2}]},
            {"year": 1998, "count": 1, "months": []},
        ],
    }


def test_counts_what_is_ongoing_where_it_began(alice: Person) -> None:
    follow_up(created(alice, start="2019-03", ongoing=True), created(alice, start="2019", ongoing=True))

    [year] = counted(alice).json["years"]

    assert year == {"year": 2019, "count": 2, "months": [{"month": 3, "count": 1}]}


def test_an_empty_timeline_counts_nothing(alice: Person) -> None:
    assert counted(alice).json == {"count": 0, "years": []}


def test_each_reader_counts_what_they_may_see(alice: Person, bob: Person) -> None:
    for visibility in ("public", "members", "draft"):
        follow_up(created(alice, visibility=visibility))

    assert [counted(alice, reader).json["count"] for reader in (None, bob, alice)] == [1, 2, 3]


def test_counts_by_tag_badge_or_kind(alice: Person) -> None:
    set_profile(alice, badges=[{"name": "Barista"}])
    follow_up(created(alice, tags=["C#"], badges=["barista"], kind="code"), created(alice))

    for facet in ({"tag": "c#"}, {"tag": "#C#"}, {"badge": "barista"}, {"kind": "code"}):
        assert counted(alice, **facet).json["count"] == 1
    for other in ({"tag": "c"}, {"badge": "engineer"}, {"kind": "job"}):
        assert counted(alice, **other).json["count"] == 0


def test_follows_every_change(alice: Person) -> None:
    made = created(alice, start="2019-03", tags=["a"])
    follow_up(made)

    edit(alice, made, start="2021", tags=["b"], kind="code")
    follow_up(made)
    assert counted(alice).json["years"] == [{"year": 2021, "count": 1, "months": []}]
    assert [counted(alice, tag=tag).json["count"] for tag in ("a", "b")] == [0, 1]

    delete(alice, made)
    follow_up(made)
    assert counted(alice).json == counted(alice, tag="b").json == {"count": 0, "years": []}


def test_counts_what_was_confirmed(alice: Person, bob: Person) -> None:
    made = created(alice, tags=["jazz"], collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    follow_up(made)
    assert counted(bob).json == counted(bob, tag="jazz").json == counted(alice).json

    answer(bob, made, "declined")
    follow_up(made)
    assert counted(bob, bob).json["count"] == 0
    assert counted(alice).json["count"] == 1


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ({"kind": "party"}, ["/kind"]),
        ({"tag": "a,b"}, ["/tag"]),
        ({"badge": "No Slug"}, ["/badge"]),
        ({"year": 2019}, ["/year"]),
        ({"limit": 3}, ["/limit"]),
        ({"tag": "a", "kind": "code"}, [""]),
    ],
)
def test_bad_queries_name_the_parameter(alice: Person, query: dict[str, object], pointers: list[str]) -> None:
    refused = counted(alice, **query)

    assert (refused.status, refused.pointers) == (422, pointers)


def test_a_members_only_profile_is_not_there_for_visitors(alice: Person, bob: Person) -> None:
    set_profile(alice, visibility="members")

    assert counted(alice).status == counted(Person("-", "nobody-at-all")).status == 404
    assert counted(alice, bob).status == 200


def test_an_old_handle_leads_to_the_new_one(alice: Person) -> None:
    call(change_handle.handler, user=alice.id, body={"handle": "ada"})

    moved = counted(alice, tag="a b")

    assert (moved.status, moved.headers["location"]) == (308, "/v1/public/members/ada/timeline?tag=a+b")
