"""What a preview refers to: the media that its page's picture has become.

Which one it is stands beside the preview and outlives it, for the table itself forgets previews: then nobody
else would know what to release.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from core import keys, media, pictures, table
from core.errors import TooMany
from core.media import Shown
from core.table import Item, Write
from previews import store
from previews.preview import Outcome

_TRIES = 4


class Contended(Exception):
    """The picture kept changing; the queue brings the event again."""


def keep(of: Item, outcome: Outcome, now: datetime) -> None:
    """With its picture, which is not taken again while its page names the same."""
    address = outcome.found.picture
    if outcome.state == "failed" or ("picture" in of and of["found"].get("picture") == address):
        return store.keep(of, outcome)
    media_id = _taken(address, now) if address else None
    for _ in range(_TRIES):
        with suppress(table.ConditionFailed):  # it is being drawn meanwhile
            return _keep(of, outcome, media_id, now)
    raise Contended(of["id"])


def let_go(preview_id: str, now: datetime) -> None:
    """Of a preview that is forgotten. What it referred to is read first: it may be there anew since."""
    held = _held(preview_id)
    if held and table.get(keys.preview(preview_id), consistent=True) is None:
        with suppress(table.ConditionFailed):  # by another, or it is there anew
            table.write(*_moves(preview_id, held, None, now))


def _taken(address: str, now: datetime) -> str | None:
    with suppress(TooMany):  # the page is looked at again some day
        return pictures.taken(address, "preview", now)
    return None


def _keep(of: Item, outcome: Outcome, media_id: str | None, now: datetime) -> None:
    item = table.get(keys.media(media_id), consistent=True) if media_id else None
    shown = media.shown(item) if item else None
    copy = shown.model_dump(exclude_none=True) if shown else {}
    store.keep(of, outcome, copy, _moves(of["id"], _held(of["id"]), shown, now))


def _held(preview_id: str) -> str | None:
    found = table.get(keys.preview_picture(preview_id), consistent=True)
    return found.get("media_id") if found else None


def _moves(preview_id: str, old: str | None, new: Shown | None, now: datetime) -> list[Write]:
    """From one picture to another, or to none."""
    if old is None and new is None:
        return []
    released = old and table.get(keys.media(old), consistent=True)
    return [
        _noted(preview_id, old, new, now),
        *([media.refer(new, "preview", preview_id)] if new else []),
        *([media.release(old, preview_id, now)] if old and released else []),
    ]


def _noted(preview_id: str, old: str | None, new: Shown | None, now: datetime) -> Write:
    """The table forgets a note of nothing."""
    condition, seen = ("media_id = :old", {"old": old}) if old else ("attribute_not_exists(media_id)", {})
    change, value = (
        ("SET media_id = :new REMOVE #ttl", {"new": new.id})
        if new
        else ("SET #ttl = :soon REMOVE media_id", {"soon": int((now + timedelta(days=1)).timestamp())})
    )
    return table.update(keys.preview_picture(preview_id), change, condition, **seen, **value)
