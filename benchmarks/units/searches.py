"""What a search of the Space Station costs, at two numbers of members.

Members are made up; they have what is asked for with fixed probabilities, each independently, and a merit of
their own. Only the lists that the searches read are loaded: what else stands in the table costs them nothing.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import batched
from typing import Any, NamedTuple

from benchmarks.environment import ENVIRONMENT
from benchmarks.requests import request
from benchmarks.ties import posting
from benchmarks.units import engine, prices
from benchmarks.units.meter import Meter, metered
from core import keys, table
from space_station import merit

_SIZES = (1_000, 100_000)
_PROBABILITY = {
    "open:mentor": 0.2,
    "tag:python": 0.1,
    "place:portugal": 0.1,
    "badge:yoga teacher": 0.05,
    "open:speak": 0.2,
}
_SEARCHES: dict[str, dict[str, Any]] = {
    "1 filter": {"open_to": "mentor"},
    "2 filters": {"open_to": "mentor", "tag": "python"},
    "5 filters": {
        **{"open_to": ["mentor", "speak"], "tag": "python"},
        **{"place": "portugal", "badge": "yoga teacher"},
    },
}


_COUNTED = 100  # postings, whose facets the first page counts
_SEARCHER = "01M842K4NVJV3VR8MCEAW010TM"


class Searched(NamedTuple):
    """`least`: units for the lists' lengths, the searcher's domains and blocks, and the postings shown; on
    the first page of one list for those that are counted.
    """

    size: int
    search: str
    page: int
    people: int
    units: float
    least: float
    calls: int


def run(say: Callable[[str], None]) -> list[Searched]:
    os.environ |= ENVIRONMENT | {"POWERTOOLS_LOG_LEVEL": "CRITICAL"}
    with engine.running() as address, metered() as meter:
        os.environ["AWS_ENDPOINT_URL"] = address
        return [found for size in _SIZES for found in _all(size, meter, say)]


def _all(size: int, meter: Meter, say: Callable[[str], None]) -> Iterator[Searched]:
    say(f"loading {size:,} members …")
    _load(size)
    for name, query in _SEARCHES.items():
        after: dict[str, str] = {}
        for page in (1, 2):
            meter.reset()
            meter.counting = True
            answer = _call(query | after)
            meter.counting = False
            units = sum(each.reads for each in meter.calls)
            people = len(answer["items"])
            yield Searched(size, name, page, people, units, _least(query, people, page), len(meter.calls))
            if answer["next"] is None:
                break
            after = {"after": answer["next"]}


def _least(query: dict[str, Any], people: int, page: int) -> float:
    """All postings are about as long as each other."""
    lists = sum(len(each) if isinstance(each, list) else 1 for each in query.values())
    moved = max(people, _COUNTED) if page == 1 and lists == 1 else people
    shown = [_stored(number) for number in range(moved)]
    alone = prices.read_of_one(None)
    return lists * alone + 2 * alone + prices.read_of_page(shown)


def _stored(number: int) -> prices.Packed:
    key = keys.found("open:mentor", 9, f"800#{number:016}")
    place = key._asdict() | {"gsi1pk": key.pk, "gsi1sk": key.sk}
    return table._packed(place | _made(number, ["open:mentor", "open:speak"], random.Random(number)))


def _load(size: int) -> None:
    os.environ["TABLE_NAME"] = f"members-{size}"
    table._name.cache_clear()
    engine.create_table(table.dynamodb, table._name())
    counts: Counter[tuple[str, int]] = Counter()
    for some in batched(_postings(size, counts), 25, strict=False):
        table.write_many(some)
    facets: dict[str, dict[str, int]] = {}
    for (facet, tier), count in counts.items():
        facets.setdefault(facet, {})[f"t{tier}"] = count
    table.write_many(keys.found_counts(facet)._asdict() | tiers for facet, tiers in facets.items())


def _postings(size: int, counts: Counter[tuple[str, int]]) -> Iterator[table.Item]:
    dice = random.Random(size)
    for number in range(size):
        facets = [each for each, probability in _PROBABILITY.items() if dice.random() < probability]
        place = f"{dice.randint(780, 850)}#{dice.getrandbits(64):016x}"
        for facet in facets:
            key = keys.found(facet, merit.tier(place), place)
            counts[facet, merit.tier(place)] += 1
            yield key._asdict() | {"gsi1pk": key.pk, "gsi1sk": key.sk} | _made(number, facets, dice)


def _made(number: int, facets: list[str], dice: random.Random) -> table.Item:
    others = [f"tag:{dice.choice('abcdefgh')} thing {dice.randint(1, 999)}" for _ in range(12)]
    return posting(number, facets, others)


def _call(query: dict[str, Any]) -> dict[str, Any]:
    from space_station import search_space_station  # reads the environment when it is imported

    event = request("space_station.search_space_station", user=_SEARCHER, query=query)
    with redirect_stdout(StringIO()):
        reply = search_space_station.handler(event, None)
    found: dict[str, Any] = json.loads(reply["body"])
    return found
