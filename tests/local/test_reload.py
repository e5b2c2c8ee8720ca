"""A saved handler goes live; a broken one does not."""

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local import reload
from infra.local.cloud import Cloud
from infra.packaging import BrokenSource

CLOUD = Cloud(4999, Path("/nowhere"))


class Uploads:
    """Stands for Lambda: what was uploaded, to which function."""

    def __init__(self) -> None:
        self.done: dict[str, bytes] = {}

    def get_paginator(self, _name: str) -> "Uploads":
        return self

    def paginate(self) -> list[dict[str, Any]]:
        names = {
            "polyfolio-local-get_me": "members.get_me.handler",
            "polyfolio-local-sign_in": "accounts.sign_in.handler",
        }
        return [
            {"Functions": [{"FunctionName": name, "Handler": handler} for name, handler in names.items()]}
        ]

    def update_function_code(self, FunctionName: str, ZipFile: bytes) -> None:
        self.done[FunctionName] = ZipFile


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "functions" / "members").mkdir(parents=True)
    (tmp_path / "functions" / "members" / "get_me.py").write_text("handler = 1\n")
    monkeypatch.setattr(reload, "ROOT", tmp_path)
    monkeypatch.setattr(reload, "contexts", lambda: ["members"])
    return tmp_path


def watch_until(told: list[str], change: Any) -> None:
    """Watches, makes the change, and ends when something was said of it."""
    stopped = threading.Event()

    def say(line: str) -> None:
        told.append(line)
        stopped.set()

    watcher = threading.Thread(target=reload.watch, args=(CLOUD, stopped, say))
    watcher.start()
    threading.Timer(0.5, change).start()
    watcher.join(timeout=5)
    stopped.set()
    watcher.join()


def test_a_saved_handler_is_uploaded_to_its_context_alone(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads, packages = Uploads(), iter(["one", "two"])
    monkeypatch.setattr(reload, "client", lambda *_: uploads)
    monkeypatch.setattr(reload, "context_package", lambda _: tree / next(packages))
    monkeypatch.setattr(reload, "zipped", lambda package: package.name.encode())
    told: list[str] = []

    watch_until(told, lambda: (tree / "functions" / "members" / "get_me.py").write_text("handler = 22\n"))

    assert uploads.done == {"polyfolio-local-get_me": b"two"}
    assert told == ["members is live again (1 functions)"]


def test_what_does_not_compile_is_told_and_not_uploaded(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Iterator[Path | BrokenSource] = iter(
        [tree, BrokenSource("functions/members/get_me.py:1: never closed")]
    )

    def package(_: str) -> Path:
        found = next(broken)
        if isinstance(found, BrokenSource):
            raise found
        return found

    monkeypatch.setattr(reload, "context_package", package)
    told: list[str] = []

    watch_until(told, lambda: (tree / "functions" / "members" / "get_me.py").write_text("handler = (\n"))

    assert told == ["functions/members/get_me.py:1: never closed (the former code stays)"]


def test_a_zip_holds_the_package(tmp_path: Path) -> None:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "get_me.py").write_text("handler = 1\n")

    with zipfile.ZipFile(io.BytesIO(reload.zipped(tmp_path))) as archive:
        assert archive.read("members/get_me.py") == b"handler = 1\n"
