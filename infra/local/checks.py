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
_CLOUDS = 2  # what waits most of its time is shared by so many local clouds, however few the cores


class Check(NamedTuple):
    name: str
    command: list[str]


class Outcome(NamedTuple):
    check: Check
    ok: bool
    seconds: float
    counts: Counter[str]


def suite(name: str, *folders: str, workers: int = 1) -> list[Check]:
    """One without a folder is left out. Each worker takes file after file, in a cloud of its own."""
    there = [f"tests/{each}" for each in folders if (ROOT / "tests" / each).is_dir()]
    shared = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    return [Check(name, [sys.executable, "-m", "pytest", "-q", *shared, *there])] if there else []


# What stands in one line runs side by side: that which waits beside that which works.
_FAST = [
    [
        Check("lint", ["ruff", "check", "--quiet", "."]),
        Check("format", ["ruff", "format", "--check", "--quiet", "."]),
    ],
    [
        Check("types", ["mypy"]),
        Check("web", [sys.executable, "-m", "infra.web", "check"]),
        *suite("unit", "functions", "core", "local", workers=_CORES),
    ],
]
_SLOW = [
    suite("faults", "faults", workers=_CORES) + suite("infrastructure", "infra"),
    suite("api", "api", workers=_CLOUDS) + suite("browser", "browser"),
    suite("rights", "rights"),  # of what the functions did in those of the API
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


def run(*checks: Check) -> list[Outcome]:
    """Side by side; each line that one says begins with its name."""
    print(f"\n{', '.join(each.name for each in checks)} …", flush=True)
    processes = [_started(each) for each in checks]
    with ThreadPoolExecutor(max(len(checks), 1)) as pool:
        try:
            return list(pool.map(_followed, checks, processes))
        except SystemExit:
            for each in processes:
                each.send_signal(signal.SIGINT)  # pytest then stops the clouds that it has started
            raise


def _started(check: Check) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _followed(check: Check, process: "subprocess.Popen[str]") -> Outcome:
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
