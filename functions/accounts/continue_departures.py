"""Effect of the time: what a member who has left may still have somewhere is looked for again."""

from accounts import departures
from core import clock
from core.events import Tick, subscriber


@subscriber(Tick)
def handler(_tick: Tick) -> None:
    departures.continue_due(clock.now())
