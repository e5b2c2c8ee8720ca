"""Effect of DomainChanged: the edge serves at the domain what the fact says, or nothing."""

from contextlib import suppress

from core.events import DomainChanged, subscriber
from domains import serving, store
from domains.store import Held

_TRIES = 4


class Contended(Exception):
    """It kept changing; the queue brings the event again."""


@subscriber(DomainChanged)
def handler(event: DomainChanged) -> None:
    """The tenant is read before the fact, so that an older fact cannot undo what a newer one has led to."""
    for _ in range(_TRIES):
        found = serving.find(event.domain_id)
        held = store.held(event.domain_id)
        if held and held.ready:
            in_use = _start(held, found)
        else:
            in_use = False
            serving.stop(event.domain_id, found)
        if store.held(event.domain_id) == held:
            _note(held, in_use)
            return
    raise Contended(event.domain_id)


def _start(held: Held, found: serving.Found | None) -> bool:
    """Whether somebody else's CloudFront has the domain."""
    try:
        changed = serving.start(held, found)
    except serving.InUse:
        return True
    if changed:
        store.ask(held.member_id, held.name)
    return False


def _note(held: Held | None, in_use: bool) -> None:
    """Where the fact was overtaken, its own event follows."""
    if held and held.in_use != in_use:
        with suppress(store.Overtaken):
            store.serve(held, held.changed(in_use=in_use))
            store.ask(held.member_id, held.name)
