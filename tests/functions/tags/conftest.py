"""Tags come from highlights: many, so these tests do without HTTP between the code and moto."""

from collections.abc import Iterator

import pytest

from tests.faults.engine import Engine, engine


@pytest.fixture(autouse=True)
def quick_table(_table: None) -> Iterator[Engine]:
    with engine() as made:
        yield made
