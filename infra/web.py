"""The web client: built by Vite from web/ into build/web, anew only when what it is made of has changed.

python -m infra.web          builds it and says where it is
python -m infra.web check    its types and its unit tests
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from infra.openapi import document_text

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
BUILT = ROOT / "build/web"
ASSETS = "assets"  # named by their content: whoever has one need never ask again
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"

_STAMP = ROOT / "build/web.inputs"
_DOCUMENT = ROOT / "build/web-openapi.json"
_TYPES = "src/api/schema.d.ts"
_MADE = ("node_modules", _TYPES)


class WebFailed(Exception):
    """A step of the build failed; the tool's own words."""


def web_client() -> Path:
    """The folder with the client's files, as they stand under /app."""
    document = document_text()
    with _one_at_a_time():
        now = _digest(document)
        if not (_STAMP.exists() and _STAMP.read_text() == now and BUILT.is_dir()):
            _STAMP.unlink(missing_ok=True)  # or one that breaks off would be taken for the one before
            _prepare(document)
            _run("vite", "build", "--logLevel", "warn")
            _STAMP.write_text(now)
    return BUILT


def package(name: str) -> Path:
    """Where a package of the lock is; for tests that judge by what one of them says."""
    with _one_at_a_time():
        _install()
    return WEB / "node_modules" / name


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several stages may be synthesised at once."""
    _STAMP.parent.mkdir(exist_ok=True)
    with _STAMP.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _prepare(document: str) -> None:
    """The packages of the lock, and the types of the API."""
    _install()
    _DOCUMENT.write_text(document)
    _run("openapi-typescript", str(_DOCUMENT), "--output", _TYPES, "--default-non-nullable", "false")


def _install() -> None:
    lock, made = WEB / "package-lock.json", WEB / "node_modules/.made"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (made.exists() and made.read_text() == wanted):
        _run("npm", "ci", "--loglevel", "error", "--no-progress")
        made.write_text(wanted)


def _digest(document: str) -> str:
    digest = hashlib.sha256(document.encode())
    for path in _inputs():
        digest.update(f"{path.relative_to(WEB)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    for path in sorted(WEB.rglob("*")):
        if path.is_file() and not path.relative_to(WEB).as_posix().startswith(_MADE):
            yield path


def _run(*command: str) -> str:
    tools = [str(ROOT / ".venv/bin"), str(WEB / "node_modules/.bin"), os.environ.get("PATH", "/usr/bin:/bin")]
    path = os.pathsep.join(tools)
    found = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run(  # noqa: S603 - our own tools
        [found, *command[1:]],
        cwd=WEB,
        env=os.environ | {"PATH": path, "NODE_USE_SYSTEM_CA": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WebFailed(f"{' '.join(command)} failed:\n{done.stdout[-8000:]}\n{done.stderr[-8000:]}")
    return done.stdout


def _check() -> None:
    """Its last line is as pytest's is, for the summary of `make test`."""
    began = time.monotonic()
    with _one_at_a_time():
        _prepare(document_text())
    _run("tsc", "--noEmit")
    said = _run("node", "--test", "--test-reporter=tap", "src/**/*.test.ts")
    [passed] = re.findall(r"^# pass (\d+)$", said, re.MULTILINE)
    print(f"{passed} passed in {time.monotonic() - began:.2f}s")


def main() -> None:
    try:
        if sys.argv[1:] == ["check"]:
            _check()
        else:
            print(web_client())
    except WebFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
