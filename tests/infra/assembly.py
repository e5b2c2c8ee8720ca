"""A synthesised stage, and how its tests look into it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]

type Json = dict[str, Any]


class Resource(NamedTuple):
    stack: str
    id: str
    type: str
    properties: Json
    deletion: str  # what becomes of it when it leaves the stack

    def is_named_in(self, value: object) -> bool:
        """By Ref or GetAtt."""
        return any(
            reference.get("Ref") == self.id or reference.get("Fn::GetAtt", [""])[0] == self.id
            for reference in dicts_in(value)
        )


class Acknowledged(NamedTuple):
    construct: str
    rule: str
    reason: str


class Assembly:
    def __init__(self, stage: str, folder: Path) -> None:
        self.stage = stage
        self.folder = folder

    @cached_property
    def templates(self) -> dict[str, Json]:
        """By the stack's part: state, api, timeline, …; what refers to another as if all were one."""
        prefix = f"polyfolio-{self.stage}-"
        paths = self.folder.glob("*.template.json")
        read = {path.name.split(".")[0].removeprefix(prefix): json.loads(path.read_text()) for path in paths}
        outputs = {
            (f"{prefix}{part}", name): output["Value"]
            for part, template in read.items()
            for name, output in template.get("Outputs", {}).items()
        }
        return {part: _resolved(template, outputs) for part, template in read.items()}

    @cached_property
    def resources(self) -> list[Resource]:
        return [
            Resource(
                stack, name, each["Type"], each.get("Properties", {}), each.get("DeletionPolicy", "Delete")
            )
            for stack, template in self.templates.items()
            for name, each in template["Resources"].items()
        ]

    def all(self, kind: str) -> list[Resource]:
        """`Lambda::Function`"""
        return [each for each in self.resources if each.type == f"AWS::{kind}"]

    def one(self, kind: str) -> Resource:
        [found] = self.all(kind)
        return found

    def functions(self) -> dict[str, Resource]:
        """Ours, by the name of their file. The CDK's own has no name."""
        prefix = f"polyfolio-{self.stage}-"
        named = (each for each in self.all("Lambda::Function") if "FunctionName" in each.properties)
        return {each.properties["FunctionName"].removeprefix(prefix): each for each in named}

    def behind(self, value: object, kind: str, stack: str | None = None) -> Resource:
        """What a Ref or GetAtt of the value means; `stack`: where other stacks have one of that name too."""
        named = [each for each in self.all(kind) if each.is_named_in(value)]
        [found] = [each for each in named if stack in (None, each.stack)]
        return found

    def acknowledged(self) -> Iterator[Acknowledged]:
        for path in self.folder.glob("*.metadata.json"):
            for construct, entries in json.loads(path.read_text()).items():
                for each in entries:
                    if each["type"] == "aws:cdk:acknowledged-rules":
                        yield from (Acknowledged(construct, *pair) for pair in each["data"].items())

    def findings(self) -> list[str]:
        report = json.loads((self.folder / "validation-report.json").read_text())
        return [each["ruleName"] for pack in report["pluginReports"] for each in pack["violations"]]


def _resolved(value: Any, outputs: dict[tuple[str, str], Json]) -> Any:
    """What another stack puts out, in the place of the reference to it."""
    if isinstance(value, list):
        return [_resolved(each, outputs) for each in value]
    if not isinstance(value, dict):
        return value
    if reference := value.get("Fn::GetStackOutput"):
        return _resolved(outputs[reference["StackName"], reference["OutputName"]], outputs)
    return {name: _resolved(each, outputs) for name, each in value.items()}


def synthesis(stage: str, folder: Path, **context: str) -> "subprocess.Popen[str]":
    """The app as the CDK's command line runs it, under way."""
    known = json.loads((ROOT / "cdk.json").read_text())["context"]
    environment = os.environ | {
        "CDK_CONTEXT_JSON": json.dumps(known | context | {"stage": stage}),
        "CDK_OUTDIR": str(folder),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([".", "functions", "layers/core/python"]),
    }
    command = [sys.executable, "-m", "infra.app"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def dicts_in(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        yield from (each for inner in value.values() for each in dicts_in(inner))
    elif isinstance(value, list):
        yield from (each for inner in value for each in dicts_in(inner))


def listed(value: object) -> list[Any]:
    """Of IAM's fields that hold one or many."""
    return value if isinstance(value, list) else [value]
