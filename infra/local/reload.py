"""A saved handler goes live by uploading its context's code again; nothing is synthesised."""

import io
import threading
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.cloud import ROOT, Cloud
from infra.local.deploy import client
from infra.packaging import BrokenSource, context_package

_EVERY_SECONDS = 0.3
_UPLOADS_AT_ONCE = 8

type Stamps = dict[Path, tuple[int, int]]
type Say = Callable[[str], None]


def watch(cloud: Cloud, stopped: threading.Event, seen: Stamps, say: Say = print) -> None:
    """Until `stopped`: all that is saved after it was `seen`. What does not compile is told, not uploaded."""
    functions, live = client(cloud, "lambda"), dict[str, Path]()
    while not stopped.wait(_EVERY_SECONDS):
        now = stamps(ROOT)
        changed = {path.relative_to(ROOT) for path, _ in now.items() ^ seen.items()}
        seen = now
        if any(path.parts[0] != "functions" for path in changed):
            say("A layer or the infrastructure has changed: stop and `make run` again to see it.")
        for context in _contexts(changed):
            try:
                _renew(functions, context, live, say)
            except BrokenSource as broken:
                say(f"{broken} (the former code stays)")
            except (OSError, BotoCoreError, ClientError) as error:
                say(f"{context} stays as it was: {error}")


def stamps(root: Path) -> Stamps:
    tops = ("functions", "layers/core", "infra")
    files = (path for top in tops for path in (root / top).rglob("*.py") if "local" not in path.parts)
    return {path: stamp for path in files if (stamp := _stamp(path))}


def zipped(package: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, path.relative_to(package))
    return buffer.getvalue()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:  # an editor just put another in its place
        return None
    return status.st_mtime_ns, status.st_size


def _contexts(changed: Iterable[Path]) -> list[str]:
    return sorted({path.parts[1] for path in changed if path.parts[0] == "functions" and len(path.parts) > 2})


def _renew(functions: Any, context: str, live: dict[str, Path], say: Say) -> None:
    package = context_package(context)
    if live.get(context) == package:
        return
    code, names = zipped(package), _names(functions, context)
    with ThreadPoolExecutor(_UPLOADS_AT_ONCE) as pool:
        list(pool.map(lambda name: functions.update_function_code(FunctionName=name, ZipFile=code), names))
    live[context] = package
    say(f"{context} is live again ({len(names)} functions)")


def _names(functions: Any, context: str) -> list[str]:
    pages = functions.get_paginator("list_functions").paginate()
    found = [each for page in pages for each in page["Functions"]]
    return [each["FunctionName"] for each in found if each["Handler"].startswith(f"{context}.")]
