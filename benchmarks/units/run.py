"""Plays all patterns on a small member and on a large one."""

import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.environment import ENVIRONMENT
from benchmarks.units import engine
from benchmarks.units.meter import Meter, metered
from benchmarks.units.patterns import Pattern
from benchmarks.units.reads import READS
from benchmarks.units.stage import Cost, staged
from benchmarks.units.writes import WRITES

SMALL, LARGE = 10, 10_000
PATTERNS: Sequence[Pattern] = (*READS, *WRITES)


class Played(NamedTuple):
    used: Cost
    least: Cost

    @property
    def ratio(self) -> float:
        return self.used.price / self.least.price


class Result(NamedTuple):
    pattern: Pattern
    small: Played
    large: Played


def run(say: Callable[[str], None]) -> list[Result]:
    os.environ |= ENVIRONMENT | {"POWERTOOLS_LOG_LEVEL": "CRITICAL"}
    with engine.running() as address, metered() as meter:
        os.environ["AWS_ENDPOINT_URL"] = address
        small, large = (_played(size, meter, say) for size in (SMALL, LARGE))
    return [Result(*each) for each in zip(PATTERNS, small, large, strict=True)]


def _played(size: int, meter: Meter, say: Callable[[str], None]) -> list[Played]:
    stage = staged(size, meter, say)
    say(f"playing {len(PATTERNS)} access patterns …")
    return [Played(*pattern.play(stage)) for pattern in PATTERNS]
