"""The waiting list, as items of the table: who waits, and who was admitted and has not come yet."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from benchmarks.written import put
from core import clock, invited, keys, tokens
from core.table import Item
from waitlist import admitting, queue
from waitlist.place import HUNDRED, Link, Next

ROUND = "01ARZ3NDEKTSV4RRFFQ69G5FAX"  # that was carried out
_MOST_WAITING, _MOST_ADMITTED = 400, 40  # more than a page of each


class Waiting:
    def __init__(self, size: int) -> None:
        self.now = clock.now()
        self.waiting, self.admitted = min(size, _MOST_WAITING), min(size, _MOST_ADMITTED)

    def items(self) -> Iterator[Item]:
        for number in range(1, self.waiting + 1):
            yield from self._place(number)
        yield keys.LAST_NUMBER._asdict() | {"number": self.waiting + self.admitted}
        hundreds = Counter(number // HUNDRED for number in range(1, self.waiting + 1))
        yield from (keys.hundred(each)._asdict() | {"waiting": many} for each, many in hundreds.items())
        for number in range(self.waiting + 1, self.waiting + self.admitted + 1):
            yield from self._guest(number)
        said = {"id": ROUND, "version": 1, "count": 5, "by": "time", "at": clock.timestamp(self.now)}
        yield keys.admission_round(ROUND)._asdict() | said
        yield keys.progress(ROUND)._asdict() | {"done": said["count"]}

    @property
    def until(self) -> str:
        return clock.timestamp(self.now + timedelta(days=14))

    def person(self, number: int) -> Next:
        address = f"waiting-{number}@example.org"
        return Next(number, address, tokens.digest(address), clock.timestamp(self.now))

    def _place(self, number: int) -> Iterator[Item]:
        who = self.person(number)
        place = keys.waiting(who.digest)._asdict() | {
            "state": "waiting",
            "number": number,
            "since": who.since,
        }
        _, *placed = put(*queue._added(place, Link(who.email, 0), who.digest, None))
        yield from placed

    def _guest(self, number: int) -> Iterator[Item]:
        """As `admitting.admit` writes it."""
        who, code = self.person(number), invited.digest("benchmark")
        entry = {"digest": who.digest, "email": who.email, "number": number, "code_digest": code}
        entry |= {"at": who.since, "until": self.until}
        yield keys.admitted(self.until, who.digest)._asdict() | entry
        admission = {"code_digest": code, "expires_at": self.until}
        yield admitting._admission(entry)._asdict() | admission
