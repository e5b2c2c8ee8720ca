"""A saved handler goes live; a broken one does not."""

import io
import threading
import zipfile
from collections.abc import Callable
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
    return tmp_path


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> Uploads:
    stand_in = Uploads()
    monkeypatch.setattr(reload, "client", lambda *_: stand_in)
    monkeypatch.setattr(reload, "zipped", lambda package: package.name.encode())
    return stand_in


def said_of(tree: Path, change: Callable[[], object]) -> str:
    """What the watcher says first of a change."""
    stopped, told = threading.Event(), list[str]()

    def say(line: str) -> None:
        told.append(line)
        stopped.set()

    seen = reload.stamps(tree)
    change()
    watcher = threading.Thread(target=reload.watch, args=(CLOUD, stopped, seen, say))
    watcher.start()
    watcher.join(timeout=5)
    stopped.set()
    watcher.join()
    return told[0] if told else ""


def packages(monkeypatch: pytest.MonkeyPatch, package: Callable[[str], Path]) -> None:
    monkeypatch.setattr(reload, "context_package", package)


def test_a_saved_handler_is_uploaded_to_its_context_alone(
    tree: Path, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages(monkeypatch, lambda context: tree / f"{context}-2")

    said = said_of(tree, lambda: (tree / "functions/members/get_me.py").write_text("handler = 22\n"))

    assert said == "members is live again (1 functions)"
    assert uploads.done == {"polyfolio-local-get_me": b"members-2"}


def test_what_does_not_compile_is_told_and_not_uploaded(
    tree: Path, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> Path:
        raise BrokenSource("functions/members/get_me.py:1: never closed")

    packages(monkeypatch, broken)

    said = said_of(tree, lambda: (tree / "functions/members/get_me.py").write_text("handler = (\n"))

    assert said == "functions/members/get_me.py:1: never closed (the former code stays)"
    assert uploads.done == {}


def test_a_context_that_is_gone_does_not_end_the_watch(
    tree: Path, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(context: str) -> Path:
        raise FileNotFoundError(f"nothing to ship in {context}")

    packages(monkeypatch, gone)

    said = said_of(tree, lambda: (tree / "functions/members/get_me.py").unlink())

    assert said == "members stays as it was: nothing to ship in members"
    assert uploads.done == {}


@pytest.mark.parametrize("path", ["layers/core/python/core/table.py", "infra/timeline.py"])
def test_says_what_cannot_be_reloaded(tree: Path, uploads: Uploads, path: str) -> None:
    (tree / path).parent.mkdir(parents=True)

    said = said_of(tree, lambda: (tree / path).write_text("1\n"))

    assert said == "A layer or the infrastructure has changed: stop and `make run` again to see it."
    assert uploads.done == {}


def test_a_zip_holds_the_package(tmp_path: Path) -> None:
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "get_me.py").write_text("handler = 1\n")

    with zipfile.ZipFile(io.BytesIO(reload.zipped(tmp_path))) as archive:
        assert archive.read("members/get_me.py") == b"handler = 1\n"
