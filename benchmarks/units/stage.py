"""A world on the engine, on which patterns are played: the real functions, called in this process."""

import importlib
import io
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from itertools import batched
from typing import Any, NamedTuple

from benchmarks.requests import Event, is_ordinary
from benchmarks.units import engine, prices
from benchmarks.units.meter import Meter
from benchmarks.world import World
from core import standing, table
from core.keys import Key

_LOADERS = 4


class Unexpected(Exception):
    """A function did not do what it does in earnest, so that its cost says nothing."""


class Cost(NamedTuple):
    """`reads` and `writes` in request units."""

    calls: int
    reads: float
    writes: float

    @property
    def price(self) -> float:
        """In read units: a write unit costs five (on demand 0.625 and 0.125 USD a million)."""
        return self.reads + 5 * self.writes


class One(NamedTuple):
    """An item that must be read."""

    key: Key
    consistent: bool = False

    def price(self, stage: "Stage") -> float:
        return prices.read_of_one(stage.as_read(self.key), consistent=self.consistent)


class Some(NamedTuple):
    """Items of one partition, next to each other, that must be read."""

    keys: list[Key]
    consistent: bool = False

    def price(self, stage: "Stage") -> float:
        return prices.read_of_page(map(stage.as_read, self.keys), consistent=self.consistent)


class Each(NamedTuple):
    """Items here and there that must be read: one call, in which each is rounded up."""

    keys: list[Key]

    def price(self, stage: "Stage") -> float:
        return sum(prices.read_of_one(stage.as_read(key)) for key in self.keys)


class Stage:
    def __init__(self, world: World, meter: Meter) -> None:
        self.world, self.meter = world, meter
        self.kept: dict[str, Any] = {}  # what one pattern leaves for the next

    def item(self, key: Key) -> prices.Packed | None:
        return self.meter.item(table.dynamodb, key)

    def warm(self) -> None:
        """Whose tokens have ended, a process reads twice a minute, however many requests it answers."""
        for person in (self.world.owner, self.world.colleague):
            standing.check(person.id, (), {})

    def as_read(self, key: Key) -> prices.Packed | None:
        """As it was before the pattern changed it."""
        return self.meter.before[key] if key in self.meter.before else self.item(key)

    def call(self, function: str, event: Event) -> Any:
        """What it answers: the body, where that is JSON."""
        with redirect_stdout(io.StringIO()):  # its log and metrics
            reply = importlib.import_module(function).handler(event, None)
        if not is_ordinary(function, reply):
            raise Unexpected(f"{function} answered {reply}")
        is_json = reply.get("headers", {}).get("content-type") == "application/json"
        return json.loads(reply["body"]) if is_json else None

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.meter.reset()
        self.meter.counting = True
        try:
            yield
        finally:
            self.meter.counting = False

    def used(self) -> Cost:
        calls = self.meter.calls
        return Cost(len(calls), sum(each.reads for each in calls), sum(each.writes for each in calls))

    def changed(self) -> dict[Key, tuple[prices.Packed | None, prices.Packed | None]]:
        """The items that are other than they were: what had to be written, however it was done."""
        pairs = {Key(*place): (old, self.item(Key(*place))) for place, old in self.meter.before.items()}
        return {key: (old, new) for key, (old, new) in pairs.items() if old != new}


def staged(size: int, meter: Meter, say: Callable[[str], None]) -> Stage:
    """A table with the member and `size` highlights; it is the one that the functions use from now on."""
    say(f"loading {size:,} highlights …")
    os.environ["TABLE_NAME"] = f"highlights-{size}"
    table._name.cache_clear()
    engine.create_table(table.dynamodb, table._name())
    world = World(size)
    with ThreadPoolExecutor(_LOADERS) as threads:
        list(threads.map(table.write_many, batched(world.items(), 25, strict=False)))
    return Stage(world, meter)
