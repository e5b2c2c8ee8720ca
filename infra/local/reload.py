"""A saved handler goes live by uploading its context's code again; nothing is synthesised."""

import io
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.local.cloud import ROOT, Cloud
from infra.local.deploy import client
from infra.packaging import BrokenSource, context_package, contexts

_EVERY_SECONDS = 0.3

type Stamps = dict[Path, float]


def watch(cloud: Cloud, stopped: threading.Event, say: Callable[[str], None] = print) -> None:
    """Until `stopped`. What does not compile is told, and the former code stays."""
    live = {context: context_package(context) for context in contexts()}
    seen = stamps(ROOT)
    while not stopped.wait(_EVERY_SECONDS):
        now = stamps(ROOT)
        if now == seen:
            continue
        changed, seen = {path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)}, now
        if any("functions" not in path.relative_to(ROOT).parts[:1] for path in changed):
            say("A layer or the infrastructure has changed: stop and `make run` again to see it.")
        for context in sorted(
            {path.relative_to(ROOT / "functions").parts[0] for path in changed if _is_function(path)}
        ):
            _renew(cloud, context, live, say)


def stamps(root: Path) -> Stamps:
    tops = ("functions", "layers/core", "infra")
    files = (path for top in tops for path in (root / top).rglob("*.py") if "local" not in path.parts)
    return {path: path.stat().st_mtime for path in files if path.exists()}


def zipped(package: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, path.relative_to(package))
    return buffer.getvalue()


def _is_function(path: Path) -> bool:
    return path.is_relative_to(ROOT / "functions")


def _renew(cloud: Cloud, context: str, live: dict[str, Path], say: Callable[[str], None]) -> None:
    try:
        package = context_package(context)
    except BrokenSource as broken:
        say(f"{broken} (the former code stays)")
        return
    if live.get(context) == package:
        return
    live[context] = package
    functions = _functions(cloud, context)
    code = zipped(package)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: _upload(cloud, name, code), functions))
    say(f"{context} is live again ({len(functions)} functions)")


def _functions(cloud: Cloud, context: str) -> list[str]:
    pages: Any = client(cloud, "lambda").get_paginator("list_functions").paginate()
    found = [each for page in pages for each in page["Functions"]]
    return [each["FunctionName"] for each in found if each["Handler"].startswith(f"{context}.")]


def _upload(cloud: Cloud, name: str, code: bytes) -> None:
    client(cloud, "lambda").update_function_code(FunctionName=name, ZipFile=code)
