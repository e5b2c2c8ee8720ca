"""Dates are kept as they were given; ranges go forward."""

from typing import Any

import pytest

from tests.functions.conftest import Person
from tests.functions.timeline.acting import create, everything, read


@pytest.mark.parametrize(
    "dates",
    [
        {"start": "2021"},
        {"start": "2021-03"},
        {"start": "2021-03-14"},
        {"start": "1900"},
        {"start": "2100-12-31"},
        {"start": "2020-02-29"},
        {"start": "2018", "ongoing": True},
        {"start": "2018-05-01", "ongoing": True},
        {"start": "2018", "end": "2018"},
        {"start": "2018-05", "end": "2018"},
        {"start": "2018", "end": "2018-01"},
        {"start": "2018-05-31", "end": "2018-05"},
        {"start": "2018-05", "end": "2018-05-01"},
        {"start": "2018-12-31", "end": "2019-01-01"},
        {"start": "2018", "end": "2100"},
    ],
)
def test_keeps_dates_as_given(alice: Person, dates: dict[str, Any]) -> None:
    kept = read(create(alice, **dates).json["id"]).json

    expected = {"end": None, "ongoing": False} | dates
    assert {name: kept[name] for name in expected} == expected


@pytest.mark.parametrize(
    "date",
    [
        *("1899", "1899-12-31", "2101", "2101-01", "0000", "9999", "21", "20211", "-2021", "+2021"),
        *(
            "2021-00",
            "2021-13",
            "2021-1",
            "2021-02-00",
            "2021-02-30",
            "2021-02-29",
            "1900-02-29",
            "2021-04-31",
        ),
        *("2021-03-14T10:00:00Z", "2021/03", "2021-", "2021-03-", "2021-03-1", "March 2021", "", "today"),
        *("٢٠٢١", "\uff12\uff10\uff12\uff11", "२०२१-०३", "2021-0\uff13", "2021 -03", "2021-W10", "2021-073"),
    ],
)
@pytest.mark.parametrize("field", ["start", "end"])
def test_refuses_impossible_dates(alice: Person, field: str, date: str) -> None:
    before = everything()

    refused = create(alice, **({"start": "1950", "end": "2099"} | {field: date}))

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert everything() == before


@pytest.mark.parametrize("date", [2021, 2021.5, None, True, ["2021"], {"year": 2021}])
def test_refuses_dates_that_are_no_text(alice: Person, date: object) -> None:
    assert create(alice, start=date).pointers == ["/start"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2019", "2018"),
        ("2019", "2018-12-31"),
        ("2019-01", "2018"),
        ("2019-05", "2019-04"),
        ("2019-05-02", "2019-04"),
        ("2019-05-02", "2019-05-01"),
        ("2019-05", "2019-04-30"),
    ],
)
def test_refuses_an_end_before_the_start(alice: Person, start: str, end: str) -> None:
    refused = create(alice, start=start, end=end)

    assert (refused.status, refused.pointers) == (422, ["/end"])


def test_refuses_the_end_of_what_is_ongoing(alice: Person) -> None:
    assert create(alice, start="2019", end="2020", ongoing=True).pointers == ["/end"]
