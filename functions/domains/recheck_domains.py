"""Effect of the time: domains whose time has come are looked at again."""

from core import clock
from core.events import Tick, subscriber
from domains import store

_AT_ONCE = 50


@subscriber(Tick)
def handler(_tick: Tick) -> None:
    """Those that already wait for a look are asked for again, in case that one was lost."""
    for claim in store.due(clock.now(), _AT_ONCE):
        store.ask(claim.id, claim.name)
