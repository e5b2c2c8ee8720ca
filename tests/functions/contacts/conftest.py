import pytest

from tests.faults.engine import Engine


@pytest.fixture(autouse=True)
def _quick(quick_table: Engine) -> None:
    """Many contacts, and so many items."""
