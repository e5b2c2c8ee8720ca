from collections.abc import Iterator

import pytest

from tests.faults.engine import Engine, engine


@pytest.fixture(autouse=True)
def quick_table(empty_table: None) -> Iterator[Engine]:  # noqa: ARG001
    """A member's places are many writes."""
    with engine() as made:
        yield made
