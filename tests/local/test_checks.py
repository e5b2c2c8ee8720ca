"""The summary of `make test` is true."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from infra.local.checks import Check, Outcome, run, suite, summary


def says(line: str, status: int = 0) -> Check:
    return Check("some", [sys.executable, "-c", f"print({line!r}); raise SystemExit({status})"])


def outcome(*, ok: bool = True, **counts: int) -> Outcome:
    return Outcome(Check("some", []), ok, 1.0, Counter(counts))


def test_counts_what_pytest_says() -> None:
    [found] = run([says("1 failed, 22 passed, 3 skipped, 2 errors in 1.00s", status=1)])

    assert not found.ok
    assert found.counts == {"failed": 3, "passed": 22, "skipped": 3}


def test_takes_the_last_word_only() -> None:
    [found] = run([says("9 passed in 0.10s\n2 passed in 0.10s")])

    assert found.ok
    assert found.counts == {"passed": 2}


def test_counts_tests_alone() -> None:
    [found] = run([says("Found 41 errors in 12 files (checked 200 source files)", status=1)])

    assert not found.counts


def test_a_check_without_tests_is_judged_by_its_exit() -> None:
    assert [each.ok for each in run([says("")], [says("", status=2)])] == [True, False]


def test_what_stands_together_runs_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    outcomes = run([meets("one", first, second)], [meets("other", second, first)])

    assert [each.ok for each in outcomes] == [True, True]
    assert {"  one             met", "  other           met"} <= set(capsys.readouterr().out.splitlines())


def test_what_stands_in_one_lane_runs_one_after_the_other(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    lane = [Check("one", _writes(first)), Check("other", _writes(second, after=first))]

    outcomes = run(lane)

    assert [(each.check.name, each.ok) for each in outcomes] == [("one", True), ("other", True)]


def _writes(path: Path, after: Path | None = None) -> list[str]:
    """Late, and only where what comes before is there already."""
    does = "import pathlib, sys, time; own, *others = map(pathlib.Path, sys.argv[1:])\n"
    does += "assert all(each.exists() for each in others); time.sleep(0.2); own.touch()"
    return [sys.executable, "-c", does, str(path), *([str(after)] if after else [])]


def meets(name: str, own: Path, others: Path) -> Check:
    """Done once the other has begun."""
    waits = (
        "import pathlib, sys, time; own, others = map(pathlib.Path, sys.argv[1:]); own.touch(); "
        "print('met' if any(others.exists() or time.sleep(0.1) for _ in range(200)) else sys.exit(1))"
    )
    return Check(name, [sys.executable, "-c", waits, str(own), str(others)])


def test_a_suite_whose_folder_is_not_there_is_left_out() -> None:
    assert suite("none", "there_is_no_such_folder") == []
    assert suite("these", "local", "there_is_no_such_folder")[0].command[-1] == "tests/local"


def test_the_last_line_sums_up() -> None:
    assert summary([outcome(passed=2), outcome(passed=3)]).splitlines()[-1] == "5 passed, 0 failed"
    assert summary([outcome(passed=2, skipped=1)]).endswith("\n2 passed, 0 failed, 1 skipped")


def test_what_failed_without_a_count_counts_as_one() -> None:
    outcomes = [outcome(ok=False), outcome(ok=False, failed=2), outcome(passed=1)]

    assert summary(outcomes).endswith("\n1 passed, 3 failed")
