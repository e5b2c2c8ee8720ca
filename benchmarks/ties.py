"""Who finds, follows, blocks and trusts whom, as items of the table; and members whom a search finds."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from core import clock, keys, openness
from core.table import Item
from network import follows
from space_station import merit

TAG = "timetables"  # what all who are found have in common
_MOST = 40  # of each: more than a page
_TIER = 3


class Ties:
    """Of the owner: as many as `size` others follow her, are followed, blocked, and told who she is."""

    def __init__(self, owner: str, size: int, now: datetime) -> None:
        self.owner, self.now = owner, now
        self.others = [clock.new_id() for _ in range(min(size, _MOST))]
        self._size = min(size, _MOST * 5)

    def items(self) -> Iterator[Item]:
        for number, each in enumerate(self.others):
            when = self.now - timedelta(minutes=number)
            yield keys.member(each)._asdict() | _person(each, f"other-{number}")
            yield follows._item(each, self.owner, clock.timestamp(when))
            yield follows._item(self.owner, each, clock.timestamp(when))
            yield self._reveal(each, when)
        for each in self.blocked:
            yield keys.member(each)._asdict() | _person(each, f"blocked-{each}")
            yield keys.block(self.owner, each)._asdict() | {"by_me": clock.timestamp(self.now)}
        counts = {"followers": len(self.others), "following": len(self.others)}
        yield keys.follow_counts(self.owner)._asdict() | counts
        yield keys.mail_domains(self.owner)._asdict() | {"domains": openness.domains_of("a@example.org")}
        yield from self._found()

    @cached_property
    def blocked(self) -> list[str]:
        return [clock.new_id() for _ in self.others]

    @cached_property
    def places(self) -> list[str]:
        """Of those who are found, the best first."""
        dice = random.Random(self._size)
        return sorted(f"{merit.last_rank(_TIER)}#{dice.getrandbits(64):016x}" for _ in range(self._size))

    def found(self, place: str) -> keys.Key:
        return keys.found(f"tag:{TAG}", _TIER, place)

    def _reveal(self, to: str, when: datetime) -> Item:
        """As `blind.revealed` writes it."""
        at = clock.timestamp(when)
        listed = dict(zip(keys.INDEXES["gsi2"], keys.reveals(self.owner, at, to), strict=True))
        listed |= zip(keys.INDEXES["gsi1"], keys.revealed(to, at, self.owner), strict=True)
        return keys.reveal(self.owner, to)._asdict() | listed | {"member_id": self.owner, "to": to, "at": at}

    def _found(self) -> Iterator[Item]:
        for number, place in enumerate(self.places):
            key = self.found(place)
            yield key._asdict() | {"gsi1pk": key.pk, "gsi1sk": key.sk} | posting(number, [f"tag:{TAG}"], [])
        yield keys.found_counts(f"tag:{TAG}")._asdict() | {f"t{_TIER}": len(self.places)}


def posting(number: int, facets: list[str], others: list[str]) -> Item:
    """As large as the one of the demo's Ana, who has much."""
    open_to = [each.partition(":")[2] for each in facets if each.startswith("open:")]
    return {
        "id": f"01M842K4NVJV3VR8M{number:09}",
        "handle": f"member-{number}",
        "name": "Ana Vilaça Moura",
        "headline": "Data tools, yoga for stiff people, coffee roasted slowly.",
        "location": "Lisboa, Portugal",
        "badges": ["Data engineer", "Yoga teacher", "Coffee roaster"],
        "open_to": [{"activity": each, "audience": "everybody"} for each in open_to],
        "facets": facets + others,
        "text": " ana vilaca moura data tools yoga for stiff people coffee roasted slowly",
        "shield": {},
        "kinds": {"code": 9, "event": 4, "article": 12},
        "points": 31,
        "latest": "2026",
        "telling": [],
    }


def _person(member_id: str, handle: str) -> dict[str, Any]:
    known = {"id": member_id, "handle": handle, "name": "Somebody", "headline": "Of the others."}
    return known | {"visibility": "public", "version": 1}
