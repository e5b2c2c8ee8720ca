"""What the benchmarks call a fault, and what they make of it."""

from typing import Any

import pytest

from benchmarks import gates, report
from benchmarks.units.reads import READS
from benchmarks.units.run import Played, Result
from benchmarks.units.stage import Cost
from benchmarks.units.verdict import excuse, failures
from benchmarks.units.writes import WRITES

READ, WRITE = READS[0], WRITES[0]
ONE = Played(Cost(1, 1, 0), Cost(1, 1, 0))


def test_what_costs_the_minimum_is_right() -> None:
    assert failures([Result(READ, ONE, ONE)]) == []


def test_units_and_calls_beyond_the_minimum_are_faults() -> None:
    dear = Played(Cost(2, 3, 0), Cost(1, 1, 0))
    assert failures([Result(WRITE, dear, ONE)]) == [
        f"{WRITE.name}: small: 3.00 of the minimum",
        f"{WRITE.name}: small: 2 calls, 1 would do",
    ]


def test_a_read_that_grows_is_a_fault_and_a_page_that_is_full_is_none() -> None:
    full, more = Played(Cost(1, 4, 0), Cost(1, 4, 0)), Played(Cost(2, 1, 0), Cost(2, 1, 0))
    assert failures([Result(READ, ONE, full)]) == []
    assert failures([Result(READ, ONE, more)]) == [f"{READ.name}: grows with the timeline"]


def test_a_written_reason_excuses() -> None:
    month = next(each for each in READS if each.name == "timeline, a month")
    result = Result(month, Played(Cost(3, 2, 0), Cost(2, 1, 0)), ONE)
    assert excuse(result)
    assert failures([result]) == []


def test_a_write_unit_weighs_as_five_read_units() -> None:
    assert Cost(1, 0.5, 34).price == 170.5


@pytest.fixture
def cold() -> dict[str, Any]:
    function = {"is_route": True, "cold": 4.0, "cold_cpu": 6.0, "first_invoke_cpu": 0.1, "modules": 300}
    warm = {"one item: floor": 0.1, "one item": 0.2, "page of 50: floor": 0.1, "page of 50": 1.0}
    return {
        "rounds": 15,
        "busy_cores": 0.1,
        "functions": {"timeline.create_highlight": function | {"memory_mb": 39}},
        "warm_cpu_ms": warm,
        "modules_without_bytecode": [],
    }


def test_a_gate_has_a_target_and_a_stretch(cold: dict[str, Any]) -> None:
    starts, peer, modules, *_ = gates.of_cold(cold)
    assert starts.passed
    assert not starts.stretched
    assert peer.passed
    assert modules.passed


def test_cpu_stands_for_time_where_others_keep_the_machine_busy(cold: dict[str, Any]) -> None:
    starts, *_ = gates.of_cold(cold | {"busy_cores": 1.5})
    assert starts.value == 6.0
    assert not starts.passed


def test_the_console_shows_every_gate(cold: dict[str, Any]) -> None:
    shown = report.console({"cold": cold})
    assert all(each.name in shown for each in gates.of_cold(cold))
