"""What stands on a Lambda's disk: the runtime client, layers and code. Each case sees its own alone."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from venv import EnvBuilder

from benchmarks import ROOT
from benchmarks.cold.functions import Deployed
from benchmarks.environment import ENVIRONMENT
from infra.packaging import Platform, context_package, layer_package

STACKS = Path(__file__).parent / "stacks"

_RUNTIME = ("awslambdaric", "simplejson", "snapshot-restore-py")
# The two stacks to compare with, whole as pip installs them: our layers are trimmed.
_USUAL = (
    *("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3"),
    *("aws-lambda-powertools", "pydantic", "pydantic-core", "typing-extensions", "annotated-types"),
    "typing-inspection",
)
_UNCHECKED_HASH = (1).to_bytes(4, "little")  # of a .pyc: bytes 4 to 8 (PEP 552)


class Disk(NamedTuple):
    python: Path  # of an empty environment, so that the packages of this one are not seen
    runtime: Path
    stacks: Path
    usual: Path

    def path_of(self, function: Deployed) -> list[Path]:
        code = context_package(function.name.partition(".")[0])
        layers = [layer_package(name, Platform.HOST) / "python" for name in function.layers]
        return [code, *layers, self.runtime]


def installed(scratch: Path) -> Disk:
    EnvBuilder(symlinks=True).create(scratch / "empty")
    shelf = ROOT / "build/benchmarks"
    stacks = scratch / "stacks"
    shutil.copytree(STACKS, stacks, ignore=shutil.ignore_patterns("__pycache__"))
    _compile(stacks)
    return Disk(scratch / "empty/bin/python", _copied(_RUNTIME, shelf), stacks, _copied(_USUAL, shelf))


def environment(path: Iterable[Path], endpoint: str, certificate: Path) -> dict[str, str]:
    return ENVIRONMENT | {
        "PYTHONPATH": ":".join(map(str, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PATH": "/usr/bin:/bin",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_CA_BUNDLE": str(certificate),
        "AWS_LAMBDA_FUNCTION_NAME": "benchmark",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_STREAM_NAME": "benchmark",
    }


def stale_bytecode(path: Iterable[Path]) -> list[str]:
    """Modules without bytecode that is used unchecked: each cold start would compile or check them."""
    return [source.name for folder in path for source in folder.rglob("*.py") if not _is_compiled(source)]


def _is_compiled(source: Path) -> bool:
    compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    return compiled.is_file() and compiled.read_bytes()[4:8] == _UNCHECKED_HASH


def _copied(names: Iterable[str], shelf: Path) -> Path:
    """These packages of this environment, alone and compiled; kept for the next run."""
    found = [distribution(name) for name in names]
    versions = " ".join(f"{each.name}=={each.version}" for each in found)
    target = shelf / hashlib.sha256(versions.encode()).hexdigest()[:16]
    if not target.is_dir():
        shelf.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=shelf) as scratch:
            tree = Path(scratch, "tree")
            for source, place in _files(names):
                (tree / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, tree / place)
            _compile(tree)
            tree.replace(target)
    return target


def _files(names: Iterable[str]) -> Iterator[tuple[Path, Path]]:
    for name in names:
        package = distribution(name)
        for file in package.files or []:
            if ".." not in file.parts and "__pycache__" not in file.parts:
                yield Path(str(package.locate_file(file))), Path(file)


def _compile(tree: Path) -> None:
    """Some packages carry files of another Python's syntax: nobody imports those, so no failure counts."""
    options = ["-qq", "-j", "0", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([sys.executable, "-m", "compileall", *options, str(tree)], check=False)
