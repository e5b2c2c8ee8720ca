"""Dates as exports write them."""

import pytest

from core.elsewhere.given_dates import is_nothing, is_ongoing, read


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Nov 2022", "2022-11"),
        ("November 2022", "2022-11"),
        ("2018", "2018"),
        ("2018-03", "2018-03"),
        ("2018/03/14", "2018-03-14"),
        ("03/2019", "2019-03"),
        ("Apr 3, 2023", "2023-04-03"),
        ("Sep 15 2022", "2022-09-15"),
        ("01 Oct 2022", "2022-10-01"),
        ("1st of March 2020", "2020-03-01"),
        ("16 Jun 2026", "2026-06-16"),
        ("16-Jun-26", "2026-06-16"),
        ("16-Jun-98", "1998-06-16"),
        ("12/24/23, 05:28 AM", "2023-12-24"),
        ("24/12/23", "2023-12-24"),
        ("1/8/18, 6:14 PM", "2018-01-08"),
        ("2024-06-11 09:51:14", "2024-06-11"),
        ("2017/06/08 08:15:44 UTC", "2017-06-08"),
        ("2023-11-20 14:30 UTC", "2023-11-20"),
        ("2018-08-11T11:23:34.123Z", "2018-08-11"),
    ],
)
def test_every_form_that_was_seen_is_read(said: str, meant: str) -> None:
    assert read(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("août 2019", "2019-08"),
        ("juil. 2020", "2020-07"),
        ("Mär 2019", "2019-03"),
        ("3. Oktober 2022", "2022-10-03"),
        ("1 de mayo de 2020", "2020-05-01"),
        ("dez 2021", "2021-12"),
        ("gennaio 2015", "2015-01"),
        ("maj 2018", "2018-05"),
        ("Ekim 2016", "2016-10"),
        ("янв. 2020", "2020-01"),
        ("2021年3月", "2021-03"),
    ],
)
def test_months_are_read_in_the_languages_of_the_interface(said: str, meant: str) -> None:
    assert read(said) == meant


@pytest.mark.parametrize(
    "said", ["", "-", "N/A", "Present", "jui 2020", "Summer 2019", "2020-2021", "31 Feb 2020", "Q3 2020", "5"]
)
def test_what_is_no_date_for_sure_is_none(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize("said", ["10 Dec 1815", "2018-13", "9999"])
def test_what_no_timeline_holds_is_none(said: str) -> None:
    assert read(said) is None


def test_what_goes_on_is_known_by_its_word() -> None:
    assert is_ongoing("Present")
    assert is_ongoing("heute")
    assert is_ongoing("Aujourd'hui")
    assert not is_ongoing("2020")
    assert not is_ongoing("")
    assert is_nothing(" n/a ")
    assert not is_nothing("soon")


@pytest.mark.parametrize("said", ["¦°", "…", "?!", "'", "()"])
def test_in_signs_alone_there_is_no_date(said: str) -> None:
    assert read(said) is None
