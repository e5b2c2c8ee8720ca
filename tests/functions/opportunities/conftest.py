import pytest

from tests.faults.engine import Engine


@pytest.fixture(autouse=True)
def _quick(quick_table: Engine) -> None:
    """Many opportunities, each with its entries."""
