"""`make test`: every check, what each says when it fails, and one plain summary."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from infra.local.cloud import ROOT

_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")
_PYTEST_SUMS_UP = re.compile(r" in \d+\.\d\ds\b")
_CORES = os.cpu_count() or 2


class Check(NamedTuple):
    name: str
    command: list[str]


class Outcome(NamedTuple):
    check: Check
    ok: bool
    seconds: float
    counts: Counter[str]


def suite(name: str, *folders: str, workers: int = 1) -> list[Check]:
    """One without a folder is left out. Those that start a cloud of their own run test after test."""
    there = [f"tests/{each}" for each in folders if (ROOT / "tests" / each).is_dir()]
    shared = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    return [Check(name, [sys.executable, "-m", "pytest", "-q", *shared, *there])] if there else []


# Groups of lanes. What stands in a lane runs one after the other, beside the other lanes of its group. Two
# cores bear two suites with a local cloud at once, and not three.
_FAST = [
    [
        [Check("lint", ["ruff", "check", "--quiet", "."])],
        [Check("format", ["ruff", "format", "--check", "--quiet", "."])],
    ],
    [
        [Check("types", ["mypy"]), Check("web", [sys.executable, "-m", "infra.web", "check"])],
        suite("unit", "functions", "core", "local", "benchmarks", workers=_CORES),
    ],
]
_SLOW = [
    [
        suite("api", "api"),
        suite("infrastructure", "infra") + suite("faults", "faults") + suite("browser", "browser"),
    ]
]


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    groups = _FAST if sys.argv[1:] == ["fast"] else _FAST + _SLOW
    try:
        outcomes = [outcome for group in groups for outcome in run(*group)]
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    print(summary(outcomes), flush=True)
    sys.exit(not all(each.ok for each in outcomes))


def run(*lanes: list[Check]) -> list[Outcome]:
    """Each line that a check says begins with its name."""
    print(f"\n{', '.join(check.name for lane in lanes for check in lane)} …", flush=True)
    running = Running()
    with ThreadPoolExecutor(max(len(lanes), 1)) as pool:
        try:
            return [each for lane in pool.map(running.through, lanes) for each in lane]
        except SystemExit:
            running.stop()
            raise


class Running:
    """What runs now, so that it can be stopped with all that would follow."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[str]] = []
        self._is_over = False

    def through(self, lane: list[Check]) -> list[Outcome]:
        return [self._done(each) for each in lane if not self._is_over]

    def stop(self) -> None:
        self._is_over = True
        for each in self._processes:
            each.send_signal(signal.SIGINT)  # pytest then stops the clouds that it has started

    def _done(self, check: Check) -> Outcome:
        process = subprocess.Popen(
            check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._processes.append(process)
        began, last = time.monotonic(), ""
        with process:
            for line in process.stdout or ():
                print(f"  {check.name:<15} {line}", end="", flush=True)
                last = line if _PYTEST_SUMS_UP.search(line) else last
        return Outcome(check, process.returncode == 0, time.monotonic() - began, _counts(last))


def summary(outcomes: list[Outcome]) -> str:
    """Its last line is for machines too: `12 passed, 0 failed`. Lint that fails counts as one."""
    total: Counter[str] = Counter()
    for each in outcomes:
        total.update(each.counts)
        total["failed"] += not each.ok and not each.counts["failed"]
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    sentence = f"{total['passed']} passed, {total['failed']} failed{skipped}"
    return "\n".join(["", "summary", *(_line(each) for each in outcomes), sentence])


def _line(outcome: Outcome) -> str:
    verdict = "ok    " if outcome.ok else "FAILED"
    told = ", ".join(f"{count} {kind}" for kind, count in outcome.counts.items())
    return f"  {verdict} {outcome.check.name:<15} {outcome.seconds:6.1f} s   {told}".rstrip()


def _counts(line: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for count, kind in _COUNT.findall(line):
        counts["failed" if kind.startswith("error") else kind] += int(count)
    return counts


if __name__ == "__main__":
    main()
