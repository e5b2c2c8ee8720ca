"""The summary of `make test` is true."""

import sys

from infra.local.checks import Check, run


def test_counts_what_pytest_says() -> None:
    said = "print('1 failed, 22 passed, 3 skipped in 1.00s'); raise SystemExit(1)"

    outcome = run(Check("some", [sys.executable, "-c", said]))

    assert not outcome.ok
    assert outcome.counts == {"failed": 1, "passed": 22, "skipped": 3}


def test_takes_the_last_word_only() -> None:
    outcome = run(Check("some", [sys.executable, "-c", "print('9 passed'); print('2 passed in 0.1s')"]))

    assert outcome.ok
    assert outcome.counts == {"passed": 2}


def test_a_check_without_tests_is_judged_by_its_exit() -> None:
    assert run(Check("lint", [sys.executable, "-c", ""])).ok
    assert not run(Check("lint", [sys.executable, "-c", "raise SystemExit(2)"])).ok
