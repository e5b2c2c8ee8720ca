"""`python -m benchmarks [units|cold|all] [--rounds N]`: measures, prints, keeps the results, judges them."""

import argparse
import sys

from benchmarks import report, results
from benchmarks.cold import run as cold
from benchmarks.units import run as units
from benchmarks.units.verdict import failures

_QUICK = 5


def main() -> int:
    asked = _arguments()
    faults: list[str] = []
    document = results.latest()
    if asked.what in ("units", "all"):
        played = units.run(_say)
        document["units"], faults = results.of_units(played), failures(played)
    if asked.what in ("cold", "all"):
        document["cold"] = results.of_cold(cold.run(asked.rounds, _say), asked.rounds)
    results.save(document)
    report.write_page(document)
    shown = {name: each for name, each in document.items() if asked.what in (name, "all")}
    print(report.console(shown))
    missed = [each for each in report.all_gates(shown) if not each.passed]
    faults += [f"gate missed: {each.name}: {each.value:.2f} {each.where}" for each in missed]
    print("\n".join(["", *faults]) if faults else "\nAll gates are passed.")
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["units", "cold", "all"], default="all")
    parser.add_argument("--rounds", type=int, default=_QUICK, help="of cold starts; 15 for figures to quote")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
