"""Starts every function cold, again and again, in mixed order with the bare one."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks import ROOT
from benchmarks.cold import certificate, installed
from benchmarks.cold.functions import EVENTS, Deployed, deployed
from benchmarks.cold.installed import Disk
from benchmarks.cold.runtime import Broken, Start, cold_start
from benchmarks.environment import ENVIRONMENT
from benchmarks.requests import Event, is_ordinary
from benchmarks.world import World
from core import keys, table

BARE, BOTO3, USUAL = "bare", "boto3 alone", "usual stack"

_SIZE = 60  # highlights: more than a page of fifty
_BUSY = 0.6  # cores that others may use during a start that counts
_BARE_PER_ROUND = 3  # all ratios are to it, so it is known best


class Case(NamedTuple):
    name: str
    handler: str
    path: list[Path]
    event: Event
    is_route: bool = False


class Measured(NamedTuple):
    """Medians of seconds; `modules`: how many are loaded once it has answered."""

    case: Case
    cold: float
    init_cpu: float
    first_cpu: float
    memory: int
    modules: int
    starts: int  # that counted


class Cold(NamedTuple):
    """`warm`: seconds of CPU by operation. `stale`: modules that each cold start would compile."""

    measured: list[Measured]
    warm: dict[str, float]
    stale: list[str]
    busy: float  # cores that others used, median


def run(rounds: int, say: Callable[[str], None]) -> Cold:
    os.environ |= ENVIRONMENT  # items hold what only the functions' own secret can have made
    with TemporaryDirectory(prefix="benchmark-") as scratch:
        folder = Path(scratch)
        say("making packages …")
        disk, world = installed.installed(folder), World(_SIZE)
        with _cloud(folder, world) as (endpoint, trusted):
            bench = _Bench(disk, endpoint, trusted, keys.member(world.owner.id))
            cases = _cases(disk, world)
            say(f"looking at {len(cases)} functions …")
            modules = {case.name: bench.modules(case) for case in cases}
            starts = bench.play(cases, rounds, say)
            say("warm operations …")
            warm = bench.warm(world)
        stale = installed.stale_bytecode({path for case in cases if case.is_route for path in case.path})
    measured = [_measured(case, starts[case.name], modules[case.name]) for case in cases]
    return Cold(measured, warm, stale, median(each.busy for some in starts.values() for each in some))


class _Bench:
    def __init__(self, disk: Disk, endpoint: str, trusted: Path, profile: keys.Key) -> None:
        self._disk, self._endpoint, self._trusted = disk, endpoint, trusted
        self._profile = {"PROFILE_PK": profile.pk, "PROFILE_SK": profile.sk}  # for the stacks to compare with

    def start(self, case: Case, handler: str | None = None, **extra: str) -> Start:
        command = [str(self._disk.python), "-m", "awslambdaric", handler or case.handler]
        environment = installed.environment(case.path, self._endpoint, self._trusted)
        environment |= self._profile | extra
        found = cold_start(command, case.path[0], environment, case.event)
        if not handler:
            _check(case, found.answer)
        return found

    def modules(self, case: Case) -> int:
        probed = case._replace(path=[*case.path, self._disk.stacks])
        answer = self.start(probed, "probe.handler", PROBED=case.handler).answer
        _check(case, answer["answer"])
        return len(answer["modules"])

    def play(self, cases: list[Case], rounds: int, say: Callable[[str], None]) -> dict[str, list[Start]]:
        starts: dict[str, list[Start]] = {case.name: [] for case in cases}
        bare = [case for case in cases if case.name == BARE]
        for number in range(rounds):
            say(f"cold starts, round {number + 1} of {rounds} …")
            mixed = cases + bare * (_BARE_PER_ROUND - 1)
            for case in random.sample(mixed, len(mixed)):
                starts[case.name].append(self.start(case))
        return starts

    def warm(self, world: World) -> dict[str, float]:
        """Seconds of CPU for each operation."""
        route = Deployed("timeline", ("core", "requests"), is_route=True)
        path = [*self._disk.path_of(route), *self._disk.path_of(route._replace(name="members"))]
        script = Path(__file__).with_name("warm_probe.py")
        played = subprocess.run(
            [str(self._disk.python), str(script)],
            env=installed.environment(path, self._endpoint, self._trusted),
            input=json.dumps(_warm_input(world)),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if played.returncode:
            raise Broken(played.stderr)
        return dict(json.loads(played.stdout))


def _measured(case: Case, starts: list[Start], modules: int) -> Measured:
    quiet = [each for each in starts if each.busy <= _BUSY]
    kept = quiet if len(quiet) >= len(starts) / 2 else starts
    return Measured(
        case,
        cold=median(each.cold for each in kept),
        init_cpu=median(each.init_cpu for each in kept),
        first_cpu=median(each.first_cpu for each in kept),
        memory=int(median(each.memory for each in kept)),
        modules=modules,
        starts=len(kept),
    )


def _cases(disk: Disk, world: World) -> list[Case]:
    compared = [disk.stacks, disk.usual, disk.runtime]
    return [
        Case(BARE, "bare.handler", [disk.stacks, disk.runtime], {}),
        Case(BOTO3, "with_boto3.handler", compared, {}),
        Case(USUAL, "usual.handler", compared, _profile_event()),
        *(_case(disk, each, world) for each in deployed()),
    ]


def _case(disk: Disk, each: Deployed, world: World) -> Case:
    event = EVENTS[each.name](world)
    return Case(each.name, f"{each.name}.handler", disk.path_of(each), event, each.is_route)


def _profile_event() -> Event:
    context = {"http": {"method": "GET", "path": "/v1/profile"}, "stage": "$default", "requestId": "-"}
    return {"version": "2.0", "rawPath": "/v1/profile", "headers": {}, "requestContext": context}


def _check(case: Case, answer: Any) -> None:
    if not is_ordinary(case.name, answer):
        raise Broken(f"{case.name} answered {answer}")


def _warm_input(world: World) -> dict[str, Any]:
    key = keys.member(world.owner.id)
    timeline = keys.entry(world.owner.id, "all", "", "").pk
    page = {
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": "pk"},
        "ExpressionAttributeValues": {":pk": {"S": timeline}},
        "ScanIndexForward": False,
        "Limit": 50,
    }
    event = EVENTS["timeline.list_highlights"](world) | {"rawQueryString": "limit=50"}
    return {
        "key": {"pk": {"S": key.pk}, "sk": {"S": key.sk}},
        "query": page,
        "get_me": EVENTS["members.get_me"](world),
        "list_highlights": event,
    }


@contextmanager
def _cloud(folder: Path, world: World) -> Iterator[tuple[str, Path]]:
    """Its address, and the certificate to trust."""
    trusted, key = certificate.made(folder)
    stored = folder / "stored.json"
    items = [table._packed(each) for each in world.items()]
    stored.write_text(json.dumps({"items": items, "users": world.users}), "utf-8")
    command = [sys.executable, "-m", "benchmarks.cold.cloud", str(trusted), str(key), str(stored)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = process.stdout.readline().strip() if process.stdout else ""
        if not port:
            raise Broken("the fake AWS did not start")
        yield f"https://localhost:{port}", trusted
    finally:
        process.kill()
        process.communicate()
