"""How the tests of packages and layers look into them."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType


def code_in(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from code_in(constant)


def shipped(package: Path) -> set[str]:
    files = (file.relative_to(package) for file in package.rglob("*") if file.is_file())
    return {file.as_posix() for file in files if file.suffix != ".pyc"}


def fingerprint(package: Path) -> dict[str, tuple[str, int, float]]:
    return {
        file.relative_to(package).as_posix(): (
            hashlib.sha256(file.read_bytes()).hexdigest(),
            file.stat().st_mode,
            file.stat().st_mtime,
        )
        for file in package.rglob("*")
        if file.is_file()
    }


def with_other_sources(package: Path, folder: Path, text: str) -> Path:
    """A read-only copy whose sources all say something else than their bytecode."""
    copy = shutil.copytree(package, folder / "copy")
    for source in copy.rglob("*.py"):
        source.write_text(text)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return copy


def run_alone(program: str, *folders: Path) -> str:
    """What it prints, with the standard library and these folders and nothing else to import from."""
    path = "import sys; sys.path += " + repr([str(folder) for folder in folders])
    command = [sys.executable, "-I", "-S", "-B", "-W", "error", "-c", f"{path}\n{program}"]
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)
    assert not done.returncode, done.stderr
    return done.stdout.strip()
