"""The two pictures of a profile: copies of what is shown, and what refers to them."""

from datetime import datetime
from typing import Any

from core import media
from core.errors import field
from core.media import Shown
from core.table import Write
from members.profile import Me

_NAMES = ("avatar", "banner")


def chosen(changes: dict[str, Any], owner: str) -> dict[str, Shown | None]:
    """What becomes of the ids in an edit: none takes the picture off."""
    wanted = {name: changes[name] for name in _NAMES if changes.get(name)}
    found = media.find(wanted.values(), owner) if wanted else {}
    for name, media_id in wanted.items():
        if media_id not in found or found[media_id].kind != "image":
            raise field(name, "is none of your pictures, or was refused")
    return {name: found.get(changes[name]) for name in _NAMES if name in changes}


def writes(old: Me, new: Me, now: datetime) -> list[Write]:
    """For the transaction of the profile."""
    before, after = _held(old), _held(new)
    gone = before.keys() - after.keys()
    left = media.existing(sorted(gone)) if gone else set()
    referring = [media.refer(each, "member", new.id) for key, each in after.items() if key not in before]
    return referring + [media.release(each, new.id, now) for each in sorted(left)]


def showing(old: Me, now: Shown, when: datetime) -> Me:
    """The next version: as `now` where it is that picture."""
    copies = {name: now for name in _NAMES if (held := getattr(old, name)) and held.id == now.id}
    return old.changed(when, **copies)


def shows(of: Me, now: Shown) -> bool:
    return now == _held(of).get(now.id, now)


def _held(of: Me) -> dict[str, Shown]:
    return {each.id: each for name in _NAMES if (each := getattr(of, name))}
