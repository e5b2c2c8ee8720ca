"""RoundChanged: admits as many as the round says, those first who have waited the longest."""

from core import clock, keys, table
from core.events import RoundChanged, subscriber
from core.table import ConditionFailed
from waitlist import admitting, queue

_AT_A_TIME = 25
_TRIES = 8


class Contended(Exception):
    """Others admit or leave all the while; the queue brings the event again."""


@subscriber(RoundChanged)
def handler(event: RoundChanged) -> None:
    """Each admission counts itself in its transaction: never one more, whatever comes twice or breaks off."""
    said = table.get(keys.admission_round(event.round_id), consistent=True)
    if said is None:
        return
    failed = 0
    while (done := admitting.done(event.round_id)) < said["count"]:
        try:
            _some(event.round_id, done, said["count"])
        except ConditionFailed:
            failed += 1
            if failed == _TRIES:
                raise Contended(event.round_id) from None


def _some(round_id: str, done: int, count: int) -> None:
    people = queue.first(min(_AT_A_TIME, count - done))
    if not people:
        admitting.finish(round_id, done, count)
    for person in people:
        admitting.admit(person, round_id, done, clock.now())
        done += 1
