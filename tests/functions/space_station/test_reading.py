"""What a search looks at: of the shortest list, as much as a page takes, and never more than a bound."""

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import pytest

from core import keys, table
from space_station import merit
from tests.faults.engine import Engine
from tests.functions.space_station.acting import search

RARE, COMMON, BOTH = ("tag:rare",), ("tag:common",), ("tag:rare", "tag:common")


class Looked:
    """The queries of the lists: how many postings each asked for."""

    def __init__(self, engine: Engine) -> None:
        self.limits: list[int] = []
        self._watching = patch.object(engine, "watch", self._watch)

    def _watch(self, operation: str, payload: dict[str, Any]) -> None:
        if operation == "Query" and "FOUND#" in str(payload):
            self.limits.append(payload["Limit"])

    def __enter__(self) -> list[int]:
        self._watching.start()
        return self.limits

    def __exit__(self, *_: object) -> None:
        self._watching.stop()


def stand(members: Sequence[tuple[str, ...]], tier: int = 3) -> None:
    """One member for each, found by these facets, in this order."""
    postings = [_posting(number, facets) for number, facets in enumerate(members)]
    for number, each in enumerate(postings):
        place = f"{merit.last_rank(tier)}#{number:04}"
        items = [keys.found(facet, tier, place) for facet in each["facets"]]
        table.write_many(
            [key._asdict() | {"gsi1pk": key.pk, "gsi1sk": key.sk} | each for key in items],
        )
    for facet in {facet for each in members for facet in each}:
        count = sum(facet in each for each in members)
        counted: dict[str, Any] = {f"t{tier}": count}
        table.write(table.update(keys.found_counts(facet), f"ADD #t{tier} :t{tier}", **counted))


def _posting(number: int, facets: tuple[str, ...]) -> dict[str, Any]:
    texts = dict.fromkeys(("name", "headline", "location", "text"), "")
    lists: dict[str, list[str]] = {"badges": [], "open_to": [], "telling": []}
    known = {"id": f"{number:026}", "handle": f"m-{number}", "points": 1, "kinds": {}, "shield": {}}
    return texts | lists | known | {"facets": list(facets)}


def found(**query: Any) -> list[int]:
    return [int(each["handle"][2:]) for each in search(**query).json["items"]]


def test_the_shortest_list_is_read_and_no_other(quick_table: Engine) -> None:
    stand([COMMON] * 30 + [BOTH] * 5)

    with Looked(quick_table) as limits:
        assert found(tag=["common", "rare"]) == list(range(30, 35))

    assert len(limits) == 1


def test_a_page_that_is_full_after_the_first_look_takes_no_second(quick_table: Engine) -> None:
    stand([BOTH, RARE] * 150 + [COMMON] * 200)

    with Looked(quick_table) as limits:
        page = search(tag=["rare", "common"]).json

    assert [each["handle"] for each in page["items"]] == [f"m-{2 * number}" for number in range(20)]
    assert (limits, page["facets"]["counted"], page["facets"]["complete"]) == ([100], 50, False)


@pytest.mark.parametrize(("every", "looks"), [(5, [100, 100]), (9, [100, 100]), (300, [100, 200])])
def test_as_many_more_are_looked_at_as_it_seems_to_take(
    quick_table: Engine, every: int, looks: list[int]
) -> None:
    stand([BOTH if number % every == 0 else RARE for number in range(400)] + [COMMON] * 400)

    with Looked(quick_table) as limits:
        page = search(tag=["rare", "common"]).json

    assert limits[:2] == looks
    assert sum(limits) <= 300
    assert page["next"] is not None


def test_pages_that_are_short_lead_on_to_all_of_them_once(quick_table: Engine) -> None:
    stand([BOTH if number % 101 == 0 else RARE for number in range(700)] + [COMMON] * 700)
    wanted = list(range(0, 700, 101))

    met: list[int] = []
    query: dict[str, Any] = {}
    for _ in range(4):
        with Looked(quick_table) as limits:
            page = search(tag=["rare", "common"], limit=2, **query).json
        assert sum(limits) <= 300
        met += [int(each["handle"][2:]) for each in page["items"]]
        query = {"after": page["next"]}

    assert met == wanted
    assert page["next"] is None


def test_the_best_stand_apart_from_all_others(quick_table: Engine) -> None:
    """Shards by merit: what is read most of a hot list is one partition, and the next is read after it."""
    stand([RARE] * 3, tier=2)
    stand([("tag:rare", "tag:best")] * 120, tier=5)

    with Looked(quick_table) as limits:
        page = search(tag="rare", limit=100).json
        assert len(limits) == 1, "the others are not read"
        rest = search(tag="rare", limit=100, after=page["next"]).json

    assert ({*page["facets"]}, len(page["items"]), page["facets"]["tag"]) == (
        {"counted", "complete", "open_to", "tag", "badge", "place"},
        100,
        [{"value": "best", "people": 100}],
    )
    assert ([each["tags"] for each in rest["items"][-4:]], len(rest["items"])) == (
        [["rare", "best"], ["rare"], ["rare"], ["rare"]],
        23,
    )
