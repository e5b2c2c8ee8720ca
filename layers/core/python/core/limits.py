"""Limits: how often somebody may try something within a span of time.

    SIGN_INS = Limit("sign-in", times=25, seconds=3600)
    SIGN_INS.spend(address, now)

The span ends now, not at a full hour, and the times of the latest tries stand in one item that is replaced
only if nobody else was faster. So neither many at once nor the turn of an hour give a try more.
"""

import math
from datetime import datetime
from typing import NamedTuple

from core import keys, table, tokens
from core.errors import TooMany


class Limit(NamedTuple):
    name: str
    times: int
    seconds: int

    def spend(self, who: str, now: datetime) -> None:
        """One more try by `who`: a member's id, or an address, which is kept as a keyed digest only.

        Raises TooMany, which says after how many seconds the next try may come; that one does not count.
        """
        key = keys.limit(self.name, tokens.digest(who))
        at = int(now.timestamp() * 1000)
        found: table.Item | None = None
        while True:  # each further turn means that somebody else's try was counted, up to the limit
            recent = [each for each in (found or {}).get("recent", []) if each > at - self.seconds * 1000]
            if len(recent) >= self.times:
                raise self._refusal((recent[-self.times] - at) / 1000 + self.seconds)
            try:
                table.write(self._counted(key, found, [*recent, at]))
            except table.ConditionFailed as failure:
                found = failure.found[0]
            else:
                return

    def _counted(self, key: keys.Key, found: table.Item | None, recent: list[int]) -> table.Write:
        """An update: a put that finds what it puts would be taken for one's own, and two tries for one."""
        values = {"recent": recent, "until": recent[-1] // 1000 + self.seconds}
        change = "SET recent = :recent, #ttl = :until ADD tries :one"
        if found is None:
            return table.update(key, change, "attribute_not_exists(pk)", **values, one=1)
        return table.update(key, change, "tries = :seen", **values, one=1, seen=found["tries"])

    def _refusal(self, wait: float) -> TooMany:
        seconds = max(1, math.ceil(wait))
        return TooMany(
            f"Too many tries; the next one may come in {seconds} seconds.",
            headers={"retry-after": str(seconds)},
        )
