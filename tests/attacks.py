"""The corpora of attacks, which lie beside the project and not in it (ATTACKS says where)."""

import os
from pathlib import Path

import pytest

_FOLDER = Path(os.environ.get("ATTACKS", "/work/shared/data/attacks"))


def corpus(name: str) -> Path:
    """Skips the test where there is none."""
    found = sorted(_FOLDER.glob(name))
    if not found:
        pytest.skip(f"no corpus {name} in {_FOLDER}")
    return found[0]
