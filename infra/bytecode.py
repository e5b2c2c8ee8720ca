"""Compiles every source below a folder to an unchecked-hash .pyc.

    python -I -S bytecode.py <folder> <where it will run>

A process of its own with nothing else loaded: which constants a .pyc marks as shared depends on what else the
process holds, and the same sources must make the same bytes.
"""

import py_compile
import sys
import warnings
from pathlib import Path


def compile_all(folder: Path, runs_in: str) -> None:
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            dfile=f"{runs_in}/{source.relative_to(folder).as_posix()}",  # else its path on this machine
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def _in_a_line(error: py_compile.PyCompileError, runs_in: str) -> str:
    """`timeline/dates.py:12: '(' was never closed`"""
    line = getattr(error.exc_value, "lineno", None) or 1
    why = getattr(error.exc_value, "msg", error.exc_value)
    return f"{error.file.removeprefix(runs_in).removeprefix('/')}:{line}: {why}"


if __name__ == "__main__":
    warnings.simplefilter("ignore", SyntaxWarning)  # other people's; ruff tells us ours
    try:
        compile_all(Path(sys.argv[1]), sys.argv[2])
    except py_compile.PyCompileError as broken:
        sys.exit(_in_a_line(broken, sys.argv[2]))
