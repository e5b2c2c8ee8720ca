"""`python -m benchmarks.units.searches`: what a search of the Space Station costs, at two numbers of members.

Members are made up; they have what is asked for with fixed probabilities, each independently, and a merit of
their own. Only the lists that the searches read are loaded: what else stands in the table costs them nothing.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import batched
from typing import Any

from benchmarks.environment import ENVIRONMENT
from benchmarks.requests import request
from benchmarks.units import engine
from benchmarks.units.meter import Meter, metered
from core import keys, table

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


def main() -> None:
    os.environ |= ENVIRONMENT | {"POWERTOOLS_LOG_LEVEL": "CRITICAL"}
    with engine.running() as address, metered() as meter:
        os.environ["AWS_ENDPOINT_URL"] = address
        for size in _SIZES:
            _load(size)
            for name, query in _SEARCHES.items():
                for page in (1, 2):
                    print(f"{size:>7,} members, {name}, page {page}: {_searched(query, page, meter)}")


def _load(size: int) -> None:
    from space_station import merit  # the environment must be there first

    os.environ["TABLE_NAME"] = f"members-{size}"
    table._name.cache_clear()
    engine.create_table(table.dynamodb, table._name())
    counts: Counter[tuple[str, int]] = Counter()
    for some in batched(_postings(size, counts, merit.tier), 25, strict=False):
        table.write_many(some)
    facets: dict[str, dict[str, int]] = {}
    for (facet, tier), count in counts.items():
        facets.setdefault(facet, {})[f"t{tier}"] = count
    table.write_many(keys.found_counts(facet)._asdict() | tiers for facet, tiers in facets.items())


def _postings(size: int, counts: Counter[tuple[str, int]], tier_of: Any) -> Iterator[table.Item]:
    dice = random.Random(size)
    for number in range(size):
        facets = [each for each, probability in _PROBABILITY.items() if dice.random() < probability]
        place = f"{dice.randint(780, 850)}#{dice.getrandbits(64):016x}"
        for facet in facets:
            key = keys.found(facet, tier_of(place), place)
            counts[facet, tier_of(place)] += 1
            yield key._asdict() | {"gsi1pk": key.pk, "gsi1sk": key.sk} | _posting(number, facets, dice)


def _posting(number: int, facets: list[str], dice: random.Random) -> table.Item:
    """As large as the one of the demo's Ana, who has much."""
    others = [f"tag:{dice.choice('abcdefgh')} thing {dice.randint(1, 999)}" for _ in range(12)]
    open_to = [each.partition(":")[2] for each in facets if each.startswith("open:")]
    return {
        "id": f"01M842K4NVJV3VR8M{number:09}",
        "handle": f"member-{number}",
        "name": "Ana Vilaça Moura",
        "headline": "Data tools, yoga for stiff people, coffee roasted slowly.",
        "location": "Lisboa, Portugal",
        "badges": ["Data engineer", "Yoga teacher", "Coffee roaster"],
        "open_to": [{"activity": each, "audience": "everybody"} for each in open_to],
        "facets": facets + others,
        "text": " ana vilaca moura data tools yoga for stiff people coffee roasted slowly",
        "shield": {},
        "kinds": {"code": 9, "event": 4, "article": 12},
        "points": 31,
        "latest": "2026",
        "telling": [],
    }


def _searched(query: dict[str, Any], page: int, meter: Meter) -> str:
    answer: dict[str, Any] = {"next": None}
    for number in range(page):
        if number and answer["next"] is None:
            return "there is none"
        after = {"after": answer["next"]} if number else {}
        meter.reset()
        meter.counting = True
        answer = _call(query | after)
        meter.counting = False
    units = sum(each.reads for each in meter.calls)
    return f"{len(answer['items'])} people, {units:g} read units, {len(meter.calls)} calls"


def _call(query: dict[str, Any]) -> dict[str, Any]:
    from space_station import search_space_station

    event = request("space_station.search_space_station", user="01M842K4NVJV3VR8MCEAW010TM", query=query)
    with redirect_stdout(StringIO()):
        reply = search_space_station.handler(event, None)
    found: dict[str, Any] = json.loads(reply["body"])
    return found


if __name__ == "__main__":
    main()
