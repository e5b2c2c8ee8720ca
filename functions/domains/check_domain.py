"""Effect of ClaimChanged: a look at what DNS and the edge have of a domain, and what follows from it."""

import os

from core import clock
from core.events import ClaimChanged, subscriber
from domains import checking, looking, store

_TRIES = 4


class Contended(Exception):
    """It kept changing; the queue brings the event again."""


@subscriber(ClaimChanged)
def handler(event: ClaimChanged) -> None:
    for _ in range(_TRIES):
        claim = store.claim_of(event.claim_id)
        if claim is None or claim.asked == claim.answered:
            return
        seen = looking.look(claim.name, claim.value, os.environ["DOMAINS_TARGET"])
        try:
            checking.settle(claim, seen, clock.now())
        except store.Overtaken:
            continue
        return
    raise Contended(event.claim_id)
