"""Data of others to test against, which lies beside the project and not in it (`SHARED_DATA` says where)."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[2] / "shared/data"))


def corpus(name: str) -> Path:
    """Of the attacks. Skips the test where there is none."""
    return shared(f"attacks/{name}")


def shared(name: str) -> Path:
    """Skips the test where there is none."""
    found = sorted(SHARED.glob(name))
    if not found:
        pytest.skip(f"no {name} in {SHARED}")
    return found[0]
