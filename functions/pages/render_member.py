"""Effect of MemberChanged: a member's pages, as many of them as show what has changed; or none any more."""

from core import keys, table
from core.events import MemberChanged, subscriber
from pages import boards, entrances, highlights, profiles, reading

_GONE = ""
_TRIES = 4


@subscriber(MemberChanged)
def handler(event: MemberChanged) -> None:
    for _ in range(_TRIES):
        profile = reading.member(event.member_id)
        now = profiles.face(profile) if profile else _GONE
        version = profile["version"] if profile else _version(event)
        known = profiles.face_there(event.member_id)
        if profile:
            _show(event.member_id, is_same=known is not None and known[0] == now)
            profiles.sweep(profile)
        elif known and known != (_GONE, version):
            _hide(event.member_id)
        profiles.note_face(event.member_id, now, version)
        entrances.settle_people()
        again = reading.member(event.member_id)
        if (again or {}).get("version") == (profile or {}).get("version"):
            return
    raise profiles.Unsettled(event.member_id)


def _show(member_id: str, *, is_same: bool) -> None:
    if is_same:
        profiles.settle_front(member_id)
        return
    profiles.settle_all(member_id)
    _others(member_id)


def _hide(member_id: str) -> None:
    profiles.take_down(member_id)
    _others(member_id)


def _others(member_id: str) -> None:
    """Pages of their own that say whose they are."""
    for some in reading.own_ids(member_id):
        highlights.settle(some)
    boards.settle_of(member_id)


def _version(event: MemberChanged) -> int:
    """Of a profile that is not for everybody, or is gone."""
    stored = table.get(keys.member(event.member_id), consistent=True)
    return int(stored["version"]) if stored else event.version
