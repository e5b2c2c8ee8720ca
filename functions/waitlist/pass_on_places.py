"""Tick: an admission that nobody used in two weeks goes to the next one."""

from core import clock
from core.clock import timestamp
from core.events import Tick, subscriber
from waitlist import admitting, queue

_AT_A_TIME = 25


@subscriber(Tick)
def handler(_: Tick) -> None:
    now = clock.now()
    while entries := admitting.unused(_AT_A_TIME, until=timestamp(now)):
        for entry in entries:
            admitting.pass_on(entry, queue.forgotten(entry["digest"], entry["number"]), now)
