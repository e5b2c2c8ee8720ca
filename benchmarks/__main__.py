"""`python -m benchmarks [units|cold|all] [--rounds N]`: measures, prints, keeps the results, judges them."""

import argparse
import signal
import sys
from typing import Any

from benchmarks import report, results
from benchmarks.cold import run as cold
from benchmarks.cold.runtime import Broken
from benchmarks.units import run as units
from benchmarks.units import searches
from benchmarks.units.engine import NoEngine
from benchmarks.units.stage import Unexpected
from benchmarks.units.verdict import failures

_QUICK = 5


def main() -> int:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended too
    try:
        measured, faults = _measured(asked.what, asked.rounds)
    except (NoEngine, Broken, Unexpected) as error:
        _say(f"Not measured: {error}")
        return 2
    document = results.latest() | measured
    results.save(document)
    report.write_page(document)
    print(report.console(measured))
    missed = [each for each in report.all_gates(measured) if not each.passed]
    faults += [f"gate missed: {each.name}: {each.value:.2f} {each.where}" for each in missed]
    print("\n".join(["", *faults]) if faults else "\nAll gates are passed.")
    return 1 if faults else 0


def _measured(what: str, rounds: int) -> tuple[dict[str, Any], list[str]]:
    """The results, and what is wrong with them."""
    document: dict[str, Any] = {}
    faults: list[str] = []
    if what in ("units", "all"):
        played = units.run(_say)
        document["units"], faults = results.of_units(played), failures(played)
        document["units"]["searches"] = [each._asdict() for each in searches.run(_say)]
    if what in ("cold", "all") and sys.platform == "linux":
        document["cold"] = results.of_cold(cold.run(rounds, _say), rounds)
    elif what != "units":
        _say("Cold starts are measured on Linux alone: they are left out.")
    return document, faults


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["units", "cold", "all"], default="all")
    parser.add_argument("--rounds", type=int, default=_QUICK, help="of cold starts; 15 for figures to quote")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
