"""Media in the table, and how much of their quota its owners have used."""

from datetime import datetime, timedelta
from typing import Any

from core import clock, keys, table
from core.errors import Conflict, NotFound
from core.media import charge, most_bytes, new_item
from core.table import Item, Write
from media import kinds
from media.media import NewMedia

_UNSETTLED = "#state IN (:waiting, :processing)"
_STATES = {"waiting": "waiting", "processing": "processing"}
_TRIED_AGAIN_AFTER = timedelta(minutes=10)
_KEPT_UNUSED = timedelta(hours=23)  # and an hour for the sweep to come by


def item(new: NewMedia, owner: str, now: datetime) -> Item:
    kind = kinds.KINDS[new.content_type]
    made = new_item(clock.new_id(), owner, kind, new.content_type, new.size, now)
    return made | {"file_name": new.file_name, "charged": new.size}


def added(new: Item) -> list[Write]:
    used = charge(new["owner"], new["size"], most_bytes("quota"))
    return [used, table.put(new, only_if="attribute_not_exists(pk)")]


def own(media_id: str, member_id: str) -> Item:
    found = table.get(keys.media(media_id), consistent=True)
    if found is None or found["owner"] != member_id:
        raise NotFound("You have no such media.")
    return found


def begin(of: Item, now: datetime) -> bool:
    """False: it is settled, or gone. Due again in case this try ends without a word."""
    due = keys.media_due(clock.timestamp(now + _TRIED_AGAIN_AFTER), of["id"])
    change = f"SET #state = :processing, {_set(due)} ADD tries :one, version :one"
    return _settled(table.update(keys.media(of["id"]), change, _UNSETTLED, one=1, **_STATES, **due))


def make_ready(of: Item, made: dict[str, Any], now: datetime) -> bool:
    """False: it was settled by another, or is gone."""
    due = keys.media_due(clock.timestamp(max(now, _unused_until(of, now))), of["id"])
    values = {name: value for name, value in made.items() if value is not None}
    change = f"SET #state = :ready, {_set(values)}, {_set(due)} ADD version :one"
    return _settled(
        table.update(
            keys.media(of["id"]), change, _UNSETTLED, ready="ready", one=1, **_STATES, **values, **due
        )
    )


def refuse(of: Item, reason: str, now: datetime) -> bool:
    """What it was charged for is given back in the same moment."""
    due = keys.media_due(clock.timestamp(_unused_until(of, now)), of["id"])
    change = f"SET #state = :refused, reason = :reason, charged = :zero, {_set(due)} ADD version :one"
    refused = table.update(
        keys.media(of["id"]),
        change,
        f"{_UNSETTLED} AND charged = :charged",
        refused="refused",
        reason=reason,
        zero=0,
        charged=of["charged"],
        one=1,
        **_STATES,
        **due,
    )
    return _settled(refused, *_given_back(of))


def remove(of: Item) -> None:
    """Only what nobody refers to. Its objects follow (remove_media)."""
    condition = "size(refs) = :none AND charged = :charged"
    gone = table.delete(keys.media(of["id"]), condition, none=0, charged=of["charged"])
    try:
        table.write(gone, *_given_back(of))
    except table.ConditionFailed as failure:
        if failure.found.get(0) is None:
            return  # by somebody else, or by us before an answer was lost
        raise Conflict("It is in use: take it out of your highlights and your profile first.") from None


def leave_alone(of: Item) -> None:
    """Something refers to it: it need not be looked at again until that is over."""
    names = keys.INDEXES["gsi1"]
    _settled(table.update(keys.media(of["id"]), f"REMOVE {', '.join(names)}", "size(refs) > :none", none=0))


def to_look_at(now: datetime, limit: int) -> list[Item]:
    bounds = ("0", clock.timestamp(now) + "~")
    return table.query(keys.MEDIA_DUE, bounds, index="gsi1", limit=limit)[0]


def used(member_id: str) -> int:
    found = table.get(keys.media_used(member_id), consistent=True)
    return found["used"] if found else 0


def _given_back(of: Item) -> list[Write]:
    if not of["charged"]:
        return []
    return [table.update(keys.media_used(of["owner"]), "ADD used :less", less=-of["charged"])]


def _unused_until(of: Item, now: datetime) -> datetime:
    return max(datetime.fromisoformat(of["created_at"]) + _KEPT_UNUSED, now)


def _set(values: dict[str, Any]) -> str:
    return ", ".join(f"#{name} = :{name}" for name in values)


def _settled(*writes: Write) -> bool:
    try:
        table.write(*writes)
    except table.ConditionFailed:
        return False
    return True
