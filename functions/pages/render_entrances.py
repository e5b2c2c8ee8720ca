"""Every five minutes: what follows from no news of its own, or from the time alone."""

from core.events import Tick, subscriber
from pages import boards, entrances


@subscriber(Tick)
def handler(_event: Tick) -> None:
    entrances.settle_people()
    entrances.settle_rest()
    boards.settle_board()
    boards.settle_expired()
