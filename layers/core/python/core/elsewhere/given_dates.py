"""Dates as exports write them: `Nov 2022`, `Apr 3, 2023`, `12/24/23, 05:28 AM`, `2021年3月`."""

import re
from datetime import date

from core.shapes import fold

# The twelve months in the languages of the interfaces that exports come from, each as it is folded.
_NAMES = """
january february march april may june july august september october november december
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
"""
_MONTHS = [
    (fold(name), number) for line in _NAMES.split("\n") for number, name in enumerate(line.split(), start=1)
]
_ONGOING = {
    *("present", "current", "now", "today", "heute", "aktuell", "actualidad", "actualite", "aujourd'hui"),
    *("atual", "presente", "oggi", "heden", "nu", "obecnie", "halen"),
}
_NOTHING = {"", "-", "n/a", "none", "null", "unknown"}
_TIME = re.compile(r"(?:[, ]|(?<=\d)t)+\d{1,2}:\d{2}.*$")
_NOISE = re.compile(r"\b(?:de|del|of|utc|gmt|the)\b|(?<=\d)(?:st|nd|rd|th|er)\b")
_OLDEST, _LATEST = 1900, 2100


def is_nothing(text: str) -> bool:
    return fold(text) in _NOTHING


def is_ongoing(text: str) -> bool:
    return fold(text).strip(".") in _ONGOING


def read(text: str) -> str | None:
    """`2022-11`, say; None: there is no date, or none that can be read for sure."""
    plain = re.sub("[年月]", "-", fold(text).replace("日", "")).strip("- ")
    if plain in _NOTHING:
        return None
    parts = re.findall(r"\d+|[^\W\d_]+", _NOISE.sub(" ", _TIME.sub("", plain)))
    if not 1 <= len(parts) <= 3:
        return None
    words = [part for part in parts if not part.isdecimal()]
    return _named(parts, words[0]) if len(words) == 1 else None if words else _numbered(parts)


def _named(parts: list[str], word: str) -> str | None:
    """`3 Apr 2023`, `Apr 3 2023`, `Apr 2023`, `2023 Apr`."""
    meant = {number for name, number in _MONTHS if name.startswith(word)} if len(word) > 2 else set()
    exact = {number for name, number in _MONTHS if name == word}
    months = exact or meant
    numbers = [part for part in parts if part != word]
    if len(months) != 1 or not numbers:
        return None
    year = next((each for each in numbers if len(each) == 4), numbers[-1])
    days = [each for each in numbers if each is not year]
    return _dated(year, months.pop(), int(days[0]) if days else None)


def _numbered(parts: list[str]) -> str | None:
    if len(parts[0]) == 4:  # as ISO 8601 has it
        month, day = (*map(int, parts[1:]), None, None)[:2]
        return _dated(parts[0], month, day)
    if len(parts) == 2:  # 03/2019
        return _dated(parts[1], int(parts[0]), None) if len(parts[1]) == 4 else None
    if len(parts) != 3:
        return None
    first, second = int(parts[0]), int(parts[1])
    month, day = (second, first) if first > 12 else (first, second)  # LinkedIn's own are month first
    return _dated(parts[2], month, day)


def _dated(year: str, month: int | None, day: int | None) -> str | None:
    full = int(year) + (2000 if int(year) <= 40 else 1900) if len(year) == 2 else int(year)
    if len(year) not in (2, 4) or not _OLDEST <= full <= _LATEST:
        return None
    try:
        date(full, month or 1, day or 1)
    except ValueError:
        return None
    if month is None or month == 0:
        return f"{full}"
    return f"{full}-{month:02}" if day is None else f"{full}-{month:02}-{day:02}"
