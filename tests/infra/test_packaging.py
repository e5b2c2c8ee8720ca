import marshal
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from infra import packaging
from infra.packaging import BrokenSource, Platform, context_package, contexts, layer_package
from tests.infra.packages import code_in, fingerprint, run_alone, shipped, with_other_sources

UNCHECKED_HASH = 0b01
MAGIC_OF_3_13 = (3571).to_bytes(2, "little") + b"\r\n"

SOURCES = {
    "functions/timeline/__init__.py": "",
    "functions/timeline/dates.py": "FIRST_YEAR = 1970\nis_known = lambda year: year in {1970, 1971}\n",
    "functions/timeline/kinds/__init__.py": "import json\n",
    "functions/timeline/kinds.json": '["job", "talk"]\n',
    "functions/timeline/notes.md": "For us.\n",
    "functions/timeline/.#dates.py": "an editor's",
    "functions/timeline/tests/test_dates.py": "assert False\n",
    "functions/timeline/__pycache__/dates.cpython-313.pyc": "stale",
    "layers/core/python/core/__init__.py": "",
    "layers/core/python/core/clock.py": "def now():\n    return 0\n",
    "layers/core/python/core/py.typed": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in SOURCES.items():
        file = tmp_path / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "project"


def a_context(project: Path) -> Path:
    return context_package("timeline", project)


def a_core_layer(project: Path) -> Path:
    return layer_package("core", Platform.HOST, project)


def requests_layer(_project: Path) -> Path:
    return layer_package("requests", Platform.HOST)


def workers_layer(_project: Path) -> Path:
    return layer_package("workers", Platform.HOST)


def requests_layer_for_lambda(_project: Path) -> Path:
    return layer_package("requests", Platform.ARM64)


@pytest.fixture(
    params=[
        a_context,
        a_core_layer,
        pytest.param(requests_layer, marks=pytest.mark.infra),
        pytest.param(workers_layer, marks=pytest.mark.infra),
        pytest.param(requests_layer_for_lambda, marks=pytest.mark.infra),
    ],
    ids=lambda make: make.__name__,
)
def package(request: pytest.FixtureRequest, project: Path) -> Path:
    make: Callable[[Path], Path] = request.param
    return make(project)


def test_all_bytecode_is_unchecked_hash_of_the_runtime(package: Path) -> None:
    for compiled in package.rglob("*.pyc"):
        header = compiled.read_bytes()[:8]

        assert header[:4] == MAGIC_OF_3_13, compiled
        assert int.from_bytes(header[4:], "little") == UNCHECKED_HASH, compiled


def test_every_source_has_its_bytecode_and_no_other_is_there(package: Path) -> None:
    expected = {s.parent / "__pycache__" / f"{s.stem}.cpython-313.pyc" for s in package.rglob("*.py")}

    assert expected
    assert set(package.rglob("*.pyc")) == expected


def test_code_says_where_it_runs_and_not_where_it_was_made(package: Path) -> None:
    where = "/opt" if (package / "python").is_dir() else "/var/task"

    for source in package.rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc"
        for code in code_in(marshal.loads(compiled.read_bytes()[16:])):  # noqa: S302 - we made it
            assert code.co_filename == f"{where}/{source.relative_to(package).as_posix()}"


def test_files_can_be_read_by_everybody_and_have_no_date(package: Path) -> None:
    for path in package.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)

        assert mode == (0o755 if path.is_dir() else 0o644), path
        assert path.stat().st_mtime == 946_684_800, path


def test_a_package_is_the_context_alone(project: Path) -> None:
    package = a_context(project)

    assert shipped(package) == {
        "timeline/__init__.py",
        "timeline/dates.py",
        "timeline/kinds/__init__.py",
        "timeline/kinds.json",
    }


def test_a_core_layer_is_its_code_alone(project: Path) -> None:
    assert shipped(a_core_layer(project)) == {"python/core/__init__.py", "python/core/clock.py"}


def test_the_bytecode_is_what_runs_on_a_read_only_disk(project: Path, tmp_path: Path) -> None:
    copy = with_other_sources(a_context(project), tmp_path, "FIRST_YEAR = 0\n")
    before = sorted(copy.rglob("*"))

    printed = run_alone("import timeline.dates; print(timeline.dates.FIRST_YEAR)", copy)

    assert printed == "1970"
    assert sorted(copy.rglob("*")) == before


def test_the_same_sources_make_the_same_bytes(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "somewhere/else"
    shutil.copytree(project, elsewhere)

    assert a_context(elsewhere).name == a_context(project).name
    assert fingerprint(a_context(elsewhere)) == fingerprint(a_context(project))
    assert fingerprint(a_core_layer(elsewhere)) == fingerprint(a_core_layer(project))


def test_an_unchanged_package_is_not_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_context(project)
    monkeypatch.setattr(subprocess, "run", None)

    assert a_context(project) == first


def test_a_change_makes_another_package_and_leaves_the_first(project: Path) -> None:
    first = a_context(project)
    (project / "functions/timeline/dates.py").write_text("FIRST_YEAR = 1900\n")

    second = a_context(project)

    assert second != first
    assert "1970" in (first / "timeline/dates.py").read_text()
    assert "1900" in (second / "timeline/dates.py").read_text()


def test_a_file_that_does_not_ship_changes_nothing(project: Path) -> None:
    first = a_context(project)
    (project / "functions/timeline/dates.py~").write_text("an editor's")

    assert a_context(project) == first


def test_packages_unused_for_a_day_are_cleared(project: Path) -> None:
    first = a_context(project)
    os.utime(first, (0, 0))
    (project / "functions/timeline/dates.py").write_text("FIRST_YEAR = 1900\n")

    second = a_context(project)

    assert list(second.parent.iterdir()) == [second]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"YEAR = 1\nFIRST = (1970,\n", "functions/timeline/dates.py:2: '(' was never closed"),
        (b"def f():\nreturn 1\n", "functions/timeline/dates.py:2: expected an indented block after"),
        (b"\n\nreturn 1\n", "functions/timeline/dates.py:3: 'return' outside function"),
        (b"YEAR = 1\0\n", "functions/timeline/dates.py:1: source code string cannot contain null bytes"),
        (b"YEAR = '\xff'\n", "functions/timeline/dates.py:1: (unicode error)"),
    ],
    ids=["bracket", "indentation", "return", "null byte", "encoding"],
)
def test_a_source_that_does_not_compile_is_told_in_one_line(project: Path, source: bytes, told: str) -> None:
    (project / "functions/timeline/dates.py").write_bytes(source)

    with pytest.raises(BrokenSource) as broken:
        a_context(project)

    assert str(broken.value).startswith(told)
    assert "\n" not in str(broken.value)
    assert list((project / "build/functions/timeline").iterdir()) == []


def test_a_context_that_is_not_there_is_refused(project: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing to ship in .*/functions/nowhere"):
        context_package("nowhere", project)


def test_builders_at_the_same_time_leave_one_whole_package(project: Path, tmp_path: Path) -> None:
    names = [f"context_{number}" for number in range(8)]
    for name in names:
        shutil.copytree(project / "functions/timeline", project / "functions" / name)
    shutil.copytree(project, tmp_path / "quiet")

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as builders:
        jobs = [builders.submit(context_package, name, project) for name in names for _ in range(4)]
        made = {job.result() for job in jobs}

    assert len(made) == len(names)
    for package in made:
        assert list(package.parent.iterdir()) == [package]
        assert fingerprint(package) == fingerprint(context_package(package.parent.name, tmp_path / "quiet"))


def test_the_first_of_two_builders_wins(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = packaging._settle
    made: list[Path] = []

    def settle_after_the_other_is_done(tree: Path) -> None:
        monkeypatch.setattr(packaging, "_settle", settle)
        made.append(a_context(project))
        settle(tree)

    monkeypatch.setattr(packaging, "_settle", settle_after_the_other_is_done)

    assert a_context(project) == made[0]
    assert list(made[0].parent.iterdir()) == made


def test_contexts_are_the_folders_of_functions(project: Path) -> None:
    assert contexts(project) == ["timeline"]
