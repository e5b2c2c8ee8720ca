"""The gates: what was promised of cold starts, warm operations and request units, and whether it holds."""

from typing import Any, NamedTuple

from benchmarks.units.verdict import ALLOWED

type Document = dict[str, Any]

# A published peer's create-order, measured in the same way (cold / bare); it is not run here.
_PEER = 16.2
_BUSY = 0.6


class Gate(NamedTuple):
    name: str
    value: float
    target: float
    stretch: float
    is_floor: bool = False
    where: str = ""

    @property
    def passed(self) -> bool:
        return self._holds(self.target)

    @property
    def stretched(self) -> bool:
        return self._holds(self.stretch)

    def _holds(self, bound: float) -> bool:
        return self.value >= bound if self.is_floor else self.value <= bound


def clock(cold: Document) -> str:
    """On a machine that others keep busy the time that passes tells more of them, so CPU stands for it."""
    return "cold" if cold["busy_cores"] <= _BUSY else "cold_cpu"


def of_cold(cold: Document) -> list[Gate]:
    routes = {name: each for name, each in cold["functions"].items() if each["is_route"]}
    warm, by = cold["warm_cpu_ms"], clock(cold)
    create = routes["timeline.create_highlight"][by]
    return [
        _worst("cold start of a request function / bare", routes, by, 5, 2.5),
        Gate("a peer's create-order / our create_highlight, cold", _PEER / create, 3, 6, is_floor=True),
        _worst("modules at the first answer", routes, "modules", 330, 200),
        _worst("CPU of the first call / bare INIT CPU", routes, "first_invoke_cpu", 0.25, 0.12),
        Gate("warm CPU, one item / its signed bytes", _ratio(warm, "one item"), 9, 2),
        Gate("warm CPU, page of 50 / its signed bytes", _ratio(warm, "page of 50"), 48, 8),
        Gate("modules without unchecked bytecode", len(cold["modules_without_bytecode"]), 0, 0),
    ]


def of_units(units: Document) -> list[Gate]:
    """Patterns with a written reason are not counted; they are listed with it."""
    held = {name: each for name, each in units["patterns"].items() if not each["exception"]}
    worst = max(each[size]["ratio"] for each in held.values() for size in ("small", "large"))
    faulty = [name for name, each in held.items() if each["faults"]]
    excused = f"but for {len(units['patterns']) - len(held)} with a reason"
    return [
        Gate("request units used / minimum, every pattern", worst, ALLOWED, 1.0, where=excused),
        Gate("patterns with a fault (units, calls, growth)", len(faulty), 0, 0, where=", ".join(faulty)),
    ]


def _worst(name: str, functions: Document, field: str, target: float, stretch: float) -> Gate:
    worst = max(functions, key=lambda each: functions[each][field])
    return Gate(name, functions[worst][field], target, stretch, where=worst)


def _ratio(warm: Document, operation: str) -> float:
    return float(warm[operation] / warm[f"{operation}: floor"])
