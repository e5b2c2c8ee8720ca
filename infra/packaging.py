"""Every Lambda asset, made without Docker: a package per context, the core layer and the dependency layers.

Each lies in build/ under the digest of what it was made from: an unchanged one is found, not made again,
and nobody ever sees half of one. All carry their bytecode, for Lambda's disk is read-only and without it
every cold start compiles again; as unchecked-hash .pyc, for those that compare times go stale in a zip.

    python -m infra.packaging    makes all of them for this machine and prints their sizes
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = (3, 13)
DEPENDENCY_LAYERS = ("requests", "workers", "identity", "pictures", "recordings", "domains", "feeds")

# The AWS services that workers call. The models of the other 400 are most of botocore.
AWS_SERVICES = (
    "acm",
    "cloudfront",
    "cognito-idp",
    "dynamodb",
    "dynamodbstreams",
    "events",
    "s3",
    "scheduler",
    "sesv2",
    "sqs",
    "sts",
)

# Of our own folders only these kinds of file ship: an editor's swap file or a note changes no package.
SHIPPED = frozenset({".css", ".html", ".json", ".pem", ".py", ".svg", ".txt", ".xml"})

# In an installed layer, what no function needs. Powertools' router (with a copy of Swagger UI) is half of
# Powertools, and API Gateway has routed already.
UNUSED = (
    ".lock",
    "bin",
    "**/__pycache__",
    "**/tests",
    "**/*.pyi",
    "aws_lambda_powertools/event_handler",
    "boto3/examples",
)

# Licences require these to travel along; importlib.metadata answers from METADATA.
KEPT_OF_DIST_INFO = ("authors", "copying", "licence", "license", "metadata", "notice")

type Sources = dict[str, bytes]

_COMPILER = Path(__file__).with_name("bytecode.py")
_RECIPE = Path(__file__).read_bytes() + _COMPILER.read_bytes()  # a change of these makes every package anew
_SETTLED = 946_684_800  # 2000-01-01, for every file: the same sources make the same bytes, also when zipped
_UNUSED_FOR_A_DAY = 24 * 60 * 60


class BrokenSource(Exception):
    """A source that Python cannot compile, told in one line: file, line and why."""


class InstallFailed(Exception):
    """The packages of a lock could not be installed; uv's own words."""


class Platform(Enum):
    """What a layer's binaries run on, by uv's names. Lambda's glibc is 2.34."""

    ARM64 = "aarch64-manylinux_2_28"
    X86_64 = "x86_64-manylinux_2_28"
    HOST = "host"


def context_package(context: str, root: Path = ROOT) -> Path:
    """A folder that holds `<context>/` alone: the code of all functions of that context."""
    sources = _sources(root / "functions" / context)

    def fill(tree: Path) -> None:
        _write(sources, tree / context)
        _compile(tree, runs_in="/var/task", written_in="functions")

    return _package(root / "build/functions" / context, _digest_of(sources), fill)


def layer_package(name: str, platform: Platform, root: Path = ROOT) -> Path:
    """A folder that holds `python/` alone: the layer `core`, or one of the DEPENDENCY_LAYERS."""
    return _core_layer(root) if name == "core" else _dependency_layer(name, platform, root)


def contexts(root: Path = ROOT) -> list[str]:
    return sorted(package.parent.name for package in (root / "functions").glob("*/__init__.py"))


def _core_layer(root: Path) -> Path:
    sources = _sources(root / "layers/core/python")

    def fill(tree: Path) -> None:
        _write(sources, tree / "python")
        _compile(tree / "python", runs_in="/opt/python", written_in="layers/core/python")

    return _package(root / "build/layers/core", _digest_of(sources), fill)


def _dependency_layer(name: str, platform: Platform, root: Path) -> Path:
    lock = (root / "layers/dependencies" / f"{name}.txt").read_text()
    # A project folder can be shared between machines (a mount, a container), hence the name of this one.
    machine = sysconfig.get_platform() if platform is Platform.HOST else ""

    def fill(tree: Path) -> None:
        _install(lock, platform, tree / "python")
        _strip(tree / "python")
        _compile(tree / "python", runs_in="/opt/python", written_in=f"layers/dependencies: {name}")

    shelf = root / "build/layers" / f"{name}-{platform.name.lower()}"
    return _package(shelf, _digest(part.encode() for part in (lock, platform.value, machine)), fill)


def _sources(folder: Path) -> Sources:
    """What ships of a folder, read once: digest and package agree even while somebody saves a file."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    sources = {path.as_posix(): (folder / path).read_bytes() for path in paths if _ships(path)}
    if not sources:
        raise FileNotFoundError(f"nothing to ship in {folder}")
    return sources


def _ships(path: Path) -> bool:
    return path.suffix in SHIPPED and not any(part == "tests" or part.startswith(".") for part in path.parts)


def _digest_of(sources: Sources) -> str:
    return _digest(part for path, content in sources.items() for part in (path.encode(), content))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in (_RECIPE, *parts):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()[:16]


def _package(shelf: Path, digest: str, fill: Callable[[Path], None]) -> Path:
    package = shelf / digest
    if not package.is_dir():
        shelf.mkdir(parents=True, exist_ok=True)
        _clear(shelf)
        with TemporaryDirectory(prefix=".", dir=shelf) as scratch:
            tree = Path(scratch, "tree")
            fill(tree)
            _settle(tree)
            _publish(tree, package)
    os.utime(package)  # used now, for _clear
    return package


def _clear(shelf: Path) -> None:
    """Every save makes a package: those that nobody used for a day go, and what a killed build left."""
    for package in shelf.iterdir():
        with suppress(FileNotFoundError):  # another process's scratch, gone by now
            if time.time() - package.stat().st_mtime > _UNUSED_FOR_A_DAY:
                shutil.rmtree(package, ignore_errors=True)


def _publish(tree: Path, package: Path) -> None:
    try:
        tree.replace(package)
    except OSError:
        if not package.is_dir():
            raise
        # Another process was first. It made the same from the same.


def _settle(tree: Path) -> None:
    """Times and modes that depend on nobody's clock or umask; Lambda needs all to be readable by others."""
    tree.chmod(0o755)  # its own time, which ships nowhere, says when it was last used
    for path in tree.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (_SETTLED, _SETTLED))


def _write(sources: Sources, folder: Path) -> None:
    for path, content in sources.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _compile(tree: Path, *, runs_in: str, written_in: str) -> None:
    if sys.version_info[:2] != RUNTIME:
        raise RuntimeError("bytecode for Lambda is made by Python {}.{}, the runtime's".format(*RUNTIME))
    if failure := _failure([sys.executable, "-I", "-S", str(_COMPILER), str(tree), runs_in]):
        raise BrokenSource(f"{written_in}/{failure}")


def _install(lock: str, platform: Platform, target: Path) -> None:
    command = [_uv(), "pip", "install", "--quiet", "--target", str(target), "--python", sys.executable]
    command += ["--python-version", "{}.{}".format(*RUNTIME), "--require-hashes", "--no-deps"]
    # Copied, because the files will be stamped: by default they are links into uv's cache.
    command += ["--only-binary", ":all:", "--link-mode", "copy", "--requirement", "-"]
    if platform is not Platform.HOST:
        command += ["--python-platform", platform.value]
    if failure := _failure(command, lock):
        raise InstallFailed(failure)


def _failure(command: list[str], text: str = "") -> str:
    """What the command says went wrong; nothing if all went well."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stderr.strip() or f"exit status {done.returncode}" if done.returncode else ""


def _uv() -> str:
    ours = ROOT / ".local/uv/bin/uv"
    found = str(ours) if ours.is_file() else shutil.which("uv")
    if found is None:
        raise InstallFailed(f"uv is neither at {ours} nor on PATH; `make` fetches it")
    return found


def _strip(tree: Path) -> None:
    _remove(path for pattern in UNUSED for path in tree.glob(pattern))
    _remove(path for path in tree.glob("*.dist-info/**/*") if path.is_file() and not _is_kept(path))
    _remove(_models_not_used(tree))
    for folder in sorted((path for path in tree.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _is_kept(path: Path) -> bool:
    return "licenses" in path.parts or path.name.lower().startswith(KEPT_OF_DIST_INFO)


def _models_not_used(tree: Path) -> Iterable[Path]:
    for service in (folder for data in tree.glob("boto*/data") for folder in data.glob("*/")):
        if service.name not in AWS_SERVICES:
            yield service
        else:
            yield from sorted(service.iterdir())[
                :-1
            ]  # folders are named by the version's date: all but the newest


def _describe(package: Path) -> str:
    size = sum(path.stat().st_size for path in package.rglob("*") if path.is_file())
    return f"{size / 1e6:7.2f} MB  {package.relative_to(ROOT)}"


def main() -> None:
    for context in contexts():
        print(_describe(context_package(context)))
    for layer in ("core", *DEPENDENCY_LAYERS):
        print(_describe(layer_package(layer, Platform.HOST)))


if __name__ == "__main__":
    main()
