"""Which patterns cost more than they must, and which of them may."""

from benchmarks.units.reads import READS, WITH_SHARED
from benchmarks.units.run import Played, Result

ALLOWED = 1.1  # used / minimum

# By how a pattern's name begins. Each costs more than it could, and the other way costs more elsewhere.
EXCEPTIONS = {
    "timeline, a month": "What is ongoing stands apart, on top of its year: two queries instead of one",
    "timeline, by tag and badge": "One filter is the list that is read, the other sifts at most a hundred of"
    " its entries; a list for each pair would make a highlight with k facets cost k²/2 writes",
    "the same request again": "The transaction itself finds the former answer, and costs what it would have"
    " cost; looking first would cost every new request a read and a round trip for the rare repeat",
    "effect count_tags": "Where a count moves a tag up or down, its place in the ranked lists is noted, put"
    " right and checked, tag by tag, so that a crash or a race in between is found",
}


def faults(result: Result) -> list[str]:
    sizes = {"small": result.small, "large": result.large}
    found = [fault for name, played in sizes.items() for fault in _too_much(name, played)]
    return found + (_growth(result) if result.pattern in (*READS, WITH_SHARED) else [])


def excuse(result: Result) -> str | None:
    """Why its faults are none, if they are."""
    return next((why for name, why in EXCEPTIONS.items() if result.pattern.name.startswith(name)), None)


def failures(results: list[Result]) -> list[str]:
    return [f"{each.pattern.name}: {fault}" for each in results if not excuse(each) for fault in faults(each)]


def _too_much(size: str, played: Played) -> list[str]:
    units = f"{size}: {played.ratio:.2f} of the minimum" if played.ratio > ALLOWED else ""
    more = played.used.calls > played.least.calls
    calls = f"{size}: {played.used.calls} calls, {played.least.calls} would do" if more else ""
    return [fault for fault in (units, calls) if fault]


def _growth(result: Result) -> list[str]:
    """With the size of the timeline; that a full page is more than a page of ten is in the minimum."""
    grown = result.large.ratio > ALLOWED * result.small.ratio
    more = result.large.used.calls > result.small.used.calls
    return ["grows with the timeline"] if grown or more else []
