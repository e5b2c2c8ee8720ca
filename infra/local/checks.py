"""`make test`: every check in turn, what each says when it fails, and one plain summary."""

import os
import re
import subprocess
import sys
import time
from typing import NamedTuple

from infra.local.cloud import ROOT

_COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")
_KINDS = {"error": "failed", "errors": "failed"}
_CORES = os.cpu_count() or 2


class Check(NamedTuple):
    name: str
    command: list[str]


class Outcome(NamedTuple):
    check: Check
    ok: bool
    seconds: float
    counts: dict[str, int]


def suite(name: str, *folders: str, parallel: bool = False) -> Check:
    """Suites that start a cloud of their own run one test after the other."""
    workers = ["-n", str(_CORES), "--dist", "loadfile"] if parallel else []
    return Check(
        name, [sys.executable, "-m", "pytest", "-q", *workers, *(f"tests/{each}" for each in folders)]
    )


_FAST = [
    Check("lint", ["ruff", "check", "--quiet", "."]),
    Check("format", ["ruff", "format", "--check", "--quiet", "."]),
    Check("types", ["mypy"]),
    suite("unit", "functions", "core", "local", parallel=True),
]
_SLOW = [
    suite("faults", "faults", parallel=True),
    suite("infrastructure", "infra"),
    suite("api", "api"),
    suite("browser", "browser"),
]


def main() -> None:
    checks = _FAST if sys.argv[1:] == ["fast"] else _FAST + _SLOW
    outcomes = [run(check) for check in checks]
    print("\nsummary")
    for each in outcomes:
        told = ", ".join(f"{count} {kind}" for kind, count in each.counts.items()) or (
            "ok" if each.ok else "failed"
        )
        print(f"  {'ok    ' if each.ok else 'FAILED'} {each.check.name:<15} {each.seconds:6.1f} s   {told}")
    total = {
        kind: sum(each.counts.get(kind, 0) for each in outcomes) for kind in ("passed", "failed", "skipped")
    }
    total["failed"] += sum(not each.ok and not each.counts.get("failed") for each in outcomes)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    sys.exit(0 if all(each.ok for each in outcomes) else 1)


def run(check: Check) -> Outcome:
    print(f"\n{check.name} …", flush=True)
    began, last = time.monotonic(), ""
    with subprocess.Popen(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(f"  {line}", end="", flush=True)
            last = line if _COUNT.search(line) else last
    counts = {_KINDS.get(kind, kind): int(count) for count, kind in _COUNT.findall(last)}
    return Outcome(check, process.returncode == 0, time.monotonic() - began, counts)


if __name__ == "__main__":
    main()
