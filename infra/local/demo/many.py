"""Another member, made up by a seed: any number of highlights over forty years, for tests of size."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from infra.local.demo import phrases

MEMBER: dict[str, Any] = {
    "email": "noor@example.com",
    "password": "ten thousand things in forty years",
    "handle": "noor",
    "name": "Noor van Halloran",
    "profile": {
        "headline": "Forty years of everything.",
        "badges": [
            {"id": "analyst", "name": "Analyst"},
            {"id": "radio-producer", "name": "Radio producer"},
            {"id": "gardener", "name": "Gardener"},
            {"id": "choir-leader", "name": "Choir leader"},
            {"id": "translator", "name": "Translator"},
        ],
    },
}
BADGES = [badge["id"] for badge in MEMBER["profile"]["badges"]]
TAGS = [f"{subject} {aspect}".strip() for aspect in phrases.ASPECTS for subject in phrases.SUBJECTS]
KINDS = {
    "work": 20, "article": 14, "code": 12, "event": 9, "learning": 8, "presentation": 7, "analysis": 7,
    "milestone": 6, "personal": 5, "achievement": 4, "video": 3, "design": 3, "campaign": 1, "job": 1,
}  # fmt: skip

_FIRST, _LAST = date(1986, 1, 1), date(2026, 10, 31)
_PRECISIONS = {4: 12, 7: 40, 10: 48}  # characters of a year, a month, a day
_VISIBILITIES = {"public": 95, "members": 3, "draft": 2}
_SHORTEST, _LONGEST = 100, 2_500
_ROOM = 250  # for the last sentence, and what stands around it
_PINNED_EVERY = 3_000


class _Choice:
    """One of several by weight, with the sums of the weights made once."""

    def __init__(self, weights: Mapping[Any, float]) -> None:
        self._values, self._sums = list(weights), list(accumulate(weights.values()))

    def __call__(self, chance: random.Random) -> Any:
        return chance.choices(self._values, cum_weights=self._sums)[0]


class _Period(NamedTuple):
    start: str
    end: str | None
    ongoing: bool


_kind, _precision, _visibility = _Choice(KINDS), _Choice(_PRECISIONS), _Choice(_VISIBILITIES)
_tag = _Choice({tag: 1 / rank for rank, tag in enumerate(TAGS, start=1)})  # Zipf's law
_badge = _Choice({badge: 1 / rank for rank, badge in enumerate(BADGES, start=1)})
_some_badges = _Choice({1: 65, 2: 27, 3: 8})


def highlights(count: int = 10_000, seed: int = 7) -> Iterator[dict[str, Any]]:
    """The same ones for the same seed; a smaller count gives the first of them."""
    chance = random.Random(seed)  # noqa: S311 - made-up lives need no secrets
    return (_highlight(number, chance) for number in range(count))


def _highlight(number: int, chance: random.Random) -> dict[str, Any]:
    kind = _kind(chance)
    tags = _distinct(_tag, min(12, 1 + int(chance.expovariate(0.4))), chance)
    period = _period(kind, chance)
    return {
        "ref": f"many-{number}",
        "kind": kind,
        "title": phrases.title(kind, tags[0], chance),
        "text": _text(tags[0], chance),
        "start": period.start,
        "end": period.end,
        "ongoing": period.ongoing,
        "badges": _distinct(_badge, _some_badges(chance), chance),
        "tags": tags,
        "links": _links(number, chance),
        "visibility": _visibility(chance),
        "pinned": number % _PINNED_EVERY == 42,
        "under": None,
        "collaborators": [phrases.person(chance)] if chance.random() < 0.1 else [],
    }


def _distinct(choice: _Choice, count: int, chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[choice(chance)] = None
    return list(found)


def _period(kind: str, chance: random.Random) -> _Period:
    """More in later years. A job lasts months or years, and what would last beyond today is ongoing."""
    span = (_LAST - _FIRST).days
    first = _FIRST + timedelta(days=int(span * chance.random() ** 0.7))
    days = _days(kind, chance)
    precision = _precision(chance)
    start, last = str(first)[:precision], first + timedelta(days=days)
    if not days:
        return _Period(start, None, ongoing=False)
    if last > _LAST:
        return _Period(start, None, ongoing=True)
    return _Period(start, str(last)[:precision], ongoing=False)


def _days(kind: str, chance: random.Random) -> int:
    if kind == "job":
        return chance.randint(90, 2_000)
    return chance.randint(1, 200) if chance.random() < 0.15 else 0


def _text(topic: str, chance: random.Random) -> str:
    """Sentences until a length is reached that was drawn before: most are short, a few are long."""
    wanted = min(_LONGEST - _ROOM, max(_SHORTEST, int(chance.lognormvariate(6, 0.75))))
    text = ""
    for block, apart in phrases.sentences(topic, chance):
        text += ("\n\n" if apart else " ") + block
        if len(text.strip()) >= wanted:
            break
    return text.strip()


def _links(number: int, chance: random.Random) -> list[dict[str, str]]:
    count = chance.choices([0, 1, 2], [65, 28, 7])[0]
    return [
        {"url": f"https://example.org/noor/{number}/{place}", "title": chance.choice(phrases.LINK_TITLES)}
        for place in range(count)
    ]
