"""The results for people: on the console, and as docs/performance.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import ROOT, gates
from benchmarks.gates import Gate

type Document = dict[str, Any]
type Rows = list[list[str]]

PAGE = ROOT / "docs/performance.md"

_UNITS = ["pattern", "calls", "used small", "large", "minimum small", "large", "used / minimum"]
_SEARCHES = ["members", "asked for", "page", "people", "calls", "read units", "least"]
_COLD = ["function", "cold / bare", "CPU / bare", "first call", "modules", "MB"]
_WARM = ["operation", "CPU ms", "/ floor"]
_GATES = ["gate", "measured", "target", "stretch", "", "where"]

_INTRO = """\
# Performance, as last measured

Made by `make bench`, which measures this and fails where a promise is broken; the numbers themselves are in
[`benchmarks/results/latest.json`](../benchmarks/results/latest.json).
"""

_UNITS_METHOD = """\
## Request units of each access pattern

The real functions are called with events as API Gateway and SQS send them, on DynamoDB Local (the real
engine, in memory), for a member with {small} highlights and for one with {large:,}. What the engine reports
is compared with the least that the pattern could cost: the items that must be moved, by their sizes, at
DynamoDB's rules. A page's sum is rounded up, single items are each; consistent reads and a transaction's
writes of the table double; each index that holds a written item costs a write more. `r` are read units, `w`
write units; used / minimum weighs a write unit as five read units, which is what it costs. The minimum takes
the table's design as it is: for a write it is one write of each item that is different afterwards, so it
finds what is written twice or in vain, not what another design could do without. The engine is too old to
say what a transaction uses, so each of its writes is carried out alone and charged as within one.

Reads must not grow with the timeline. A full page of 20 is more than a page of 10, in the minimum as well.
"""

_SEARCHES_METHOD = """\
## Searches of the Space Station

Made-up members have what is asked for by fixed chances: one in five each of two activities, one in ten a tag
and a place, one in twenty a badge. *Least* is what holds the lists' lengths, the searcher's mail domains and
blocks, and the postings that are shown; of the first page of one list all that its counts are made of. With
filters more is looked at than is shown: the postings of the shortest list, until there is a page, 300 at
most. So the cost has a bound that does not grow with the number of members, and a page can be short, or
empty, where few have all of it; its cursor goes on.
"""

_COLD_METHOD = """\
## Cold starts

A fake Runtime API starts a fresh process with Lambda's own runtime client (awslambdaric) and the code as it
is packaged, sends one event, and takes the ordinary answer; AWS is a process that answers at once, over
TLS. *Cold* is from the start of the process to the answer, as a ratio to a bare handler of the same run;
all are started in mixed order, medians of {rounds} rounds. Milliseconds say nothing here: on AWS a bare one
takes about 80. *CPU* is the same ratio by CPU time. *First call* is the CPU of the first event in units of
the bare one's whole initialising; it matters because only initialising runs at full speed. *Modules* are
loaded once it has answered. The peer is ran-isenberg/aws-lambda-handler-cookbook, whose create-order took
16.2 times a bare start when it was measured in this way; it is not run here.
{busy}"""

_BUSY_NOTE = """
While this was measured, others kept {busy} cores of the machine busy: so the gates look at CPU, not at time.
"""


def console(document: Document) -> str:
    tables = [_units(document["units"])] if "units" in document else []
    tables += [(_SEARCHES, _searches(each)) for each in [document.get("units", {})] if "searches" in each]
    tables += [_cold(document["cold"]), _warm(document["cold"])] if "cold" in document else []
    tables.append((_GATES, _gate_rows(all_gates(document))))
    return "\n\n".join([_text(*each) for each in tables] + _reasons(document.get("units")))


def write_page(document: Document) -> None:
    PAGE.write_text(page(document), "utf-8")


def page(document: Document) -> str:
    parts = [_INTRO, _markdown(_GATES, _gate_rows(all_gates(document)))]
    if "units" in document:
        parts += _units_page(document["units"])
    if "cold" in document:
        parts += _cold_page(document["cold"])
    return "\n".join(parts)


def all_gates(document: Document) -> list[Gate]:
    units = gates.of_units(document["units"]) if "units" in document else []
    return units + (gates.of_cold(document["cold"]) if "cold" in document else [])


def _units_page(units: Document) -> list[str]:
    reasons = [[name, each["minimum"]] for name, each in units["patterns"].items()]
    return [
        _UNITS_METHOD.format(**units),
        _measured(units),
        _markdown(*_units(units)),
        "### What costs more than it could, and why\n",
        *_reasons(units),
        "\n### The minimum of each\n",
        _markdown(["pattern", "what must be moved"], reasons),
        *([_SEARCHES_METHOD, _markdown(_SEARCHES, _searches(units))] if "searches" in units else []),
    ]


def _searches(units: Document) -> Rows:
    fields = ("size", "search", "page", "people", "calls", "units", "least")
    return [
        [f"{each[name]:,}" if name == "size" else f"{each[name]}" for name in fields]
        for each in units["searches"]
    ]


def _cold_page(cold: Document) -> list[str]:
    is_busy = gates.clock(cold) == "cold_cpu"
    busy = _BUSY_NOTE.format(busy=cold["busy_cores"]) if is_busy else ""
    method = _COLD_METHOD.format(rounds=cold["rounds"], busy=busy)
    return [
        method,
        _measured(cold),
        _markdown(*_cold(cold)),
        "### Warm\n\nCPU of an operation, and of its bytes alone: signed, sent, received.\n",
        _markdown(*_warm(cold)),
    ]


def _reasons(units: Document | None) -> list[str]:
    found = (units or {"patterns": {}})["patterns"].items()
    lines = [f"- {name}: {each['exception']}." for name, each in found if each["exception"]]
    return ["\n".join(lines)] if lines else []


def _measured(section: Document) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in section["versions"].items())
    return f"Measured on {section['date']}; {section['machine']}; {versions}.\n"


def _units(units: Document) -> tuple[list[str], Rows]:
    return _UNITS, [_pattern(name, each) for name, each in units["patterns"].items()]


def _pattern(name: str, each: Document) -> list[str]:
    small, large = each["small"], each["large"]
    ratios = " ".join(f"{one['ratio']:.2f}" for one in (small, large))
    costs = [small["used"], large["used"], small["minimum"], large["minimum"]]
    mark = "" if not each["faults"] else " (reason below)" if each["exception"] else " FAULT"
    return [name, _calls(small, large), *map(_cost, costs), ratios + mark]


def _calls(small: Document, large: Document) -> str:
    used, least = ([one[of]["calls"] for one in (small, large)] for of in ("used", "minimum"))
    told = " ".join(map(str, dict.fromkeys(used)))
    return told if used == least else f"{told} (of {' '.join(map(str, dict.fromkeys(least)))})"


def _cost(cost: Document) -> str:
    parts = [f"{cost['reads']:g} r"] * bool(cost["reads"]) + [f"{cost['writes']:g} w"] * bool(cost["writes"])
    return " + ".join(parts) or "0"


def _cold(cold: Document) -> tuple[list[str], Rows]:
    return _COLD, [
        [
            name,
            f"{each['cold']:.2f}",
            f"{each['cold_cpu']:.2f}",
            f"{each['first_invoke_cpu']:.2f}",
            str(each["modules"]),
            str(each["memory_mb"]),
        ]
        for name, each in cold["functions"].items()
    ]


def _warm(cold: Document) -> tuple[list[str], Rows]:
    warm = cold["warm_cpu_ms"]
    floors = {name: warm[f"{name.partition(':')[0].partition(',')[0]}: floor"] for name in warm}
    return _WARM, [[name, f"{ms:.3f}", f"{ms / floors[name]:.1f}"] for name, ms in warm.items()]


def _gate_rows(found: Iterable[Gate]) -> Rows:
    return [
        [
            each.name,
            f"{each.value:.2f}",
            f"{'≥' if each.is_floor else '≤'} {each.target:g}",
            f"{'≥' if each.is_floor else '≤'} {each.stretch:g}",
            "better" if each.stretched else "pass" if each.passed else "FAIL",
            each.where,
        ]
        for each in found
    ]


def _text(headers: Sequence[str], rows: Rows) -> str:
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    lines = [_aligned(row, widths) for row in (headers, *rows)]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]).rstrip()


def _markdown(headers: Sequence[str], rows: Rows) -> str:
    rule = ["---", *("---:" for _ in headers[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headers, rule, *rows)) + "\n"
