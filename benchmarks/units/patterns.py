"""An access pattern: what is asked of which function, and the least that this could cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from benchmarks.requests import Event, request
from benchmarks.units import prices
from benchmarks.units.stage import Cost, Each, One, Some, Stage
from core.keys import Key

type Read = One | Some | Each

_BATCH = 25


def _nothing(_stage: Stage) -> None:
    """Most patterns need no preparation."""


def _no_reads(_stage: Stage, _answer: Any) -> list[Read]:
    return []


def _one(_stage: Stage) -> int:
    return 1


def _no_keys(_stage: Stage) -> list[Key]:
    return []


@dataclass(frozen=True, kw_only=True)
class Pattern:
    name: str
    why: str  # the minimum, in a line
    function: str
    event: Callable[[Stage], Event]
    reads: Callable[[Stage, Any], Sequence[Read]] = _no_reads
    checks: Callable[[Stage], list[Key]] = _no_keys  # what its transaction must find unchanged
    transactions: Callable[[Stage], int] = _one
    prepare: Callable[[Stage], None] = _nothing
    keep: str | None = None  # the answer stays under this name, for later patterns
    changes_nothing: bool = False

    def play(self, stage: Stage) -> tuple[Cost, Cost]:
        """What it used, and the minimum: what must be read, and the changes that must be written."""
        self.prepare(stage)
        event, checks = self.event(stage), [prices.check(stage.item(key)) for key in self.checks(stage)]
        stage.warm()
        with stage.counted():
            answer = stage.call(self.function, event)
        if self.keep:
            stage.kept[self.keep] = answer
        return stage.used(), self._least(stage, answer, checks)

    def _least(self, stage: Stage, answer: Any, checks: list[float]) -> Cost:
        reads = self.reads(stage, answer)
        changed = {} if self.changes_nothing else stage.changed()
        loose = {key: images for key, images in changed.items() if _is_loose(key)}
        atomic = {key: images for key, images in changed.items() if not _is_loose(key)}
        units = sum(prices.write(*images) for images in loose.values()) + sum(checks if atomic else [])
        units += sum(prices.write(*images, atomic=len(atomic) > 1) for images in atomic.values())
        transactions = self.transactions(stage) if atomic else 0
        calls = len(reads) + transactions + ceil(len(loose) / _BATCH)
        return Cost(calls, sum(each.price(stage) for each in reads), units)


def own(
    name: str,
    why: str,
    function: str,
    reads: Callable[[Stage, Any], Sequence[Read]],
    query: dict[str, str] | None = None,
    groups: str = "",
    **path: Callable[[Stage], str],
) -> Pattern:
    """What the owner asks for; `path`: what stands in it."""

    def event(stage: Stage) -> Event:
        known: dict[str, Any] = {name: each(stage) for name, each in path.items()}
        return request(function, user=stage.world.owner.id, query=query, groups=groups, **known)

    return Pattern(name=name, why=why, function=function, event=event, reads=reads)


def _is_loose(key: Key) -> bool:
    """Ranked lists may lag behind the counts that they come from; all else must agree at once."""
    return key.pk.startswith("TAGS#")
