"""Effect of MemberChanged: a domain follows its member's handle, and shows nothing of a hidden profile."""

from core.events import MemberChanged, subscriber
from domains import store

_TRIES = 4


class Contended(Exception):
    """It kept changing; the queue brings the event again."""


@subscriber(MemberChanged)
def handler(event: MemberChanged) -> None:
    for _ in range(_TRIES):
        claim = store.claim_of(event.member_id)
        held = store.held(claim.name) if claim else None
        if held is None or held.member_id != event.member_id:
            return
        profile = store.profile_of(event.member_id)
        after = held.changed(handle=profile.handle, visible=profile.is_public)
        if after == held:
            return
        try:
            store.serve(held, after)
        except store.Overtaken:
            continue
        store.ask(event.member_id, held.name)
        return
    raise Contended(event.member_id)
