"""For what follows later: effects, and pages that are still loading."""

import time
from collections.abc import Callable

_EVERY_SECONDS = 0.25


def until(true: Callable[[], bool], within: float) -> None:
    ends = time.monotonic() + within
    while not true():
        assert time.monotonic() < ends, f"not within {within} seconds"
        time.sleep(_EVERY_SECONDS)
