"""How often in a week a member wants to be asked for something: counted with each contact that is made."""

from datetime import datetime

from contacts.contact import Contact, refused
from core import keys, table
from core.table import Item, Write

_WEEK_SECONDS = 7 * 86_400


def counted(new: Contact, cap: int, found: Item | None, now: datetime) -> list[Write]:
    """The write that counts it, on top of what was `found` so far. Raises Forbidden at the cap."""
    at = int(now.timestamp() * 1000)
    recent = [each for each in (found or {}).get("recent", []) if each > at - _WEEK_SECONDS * 1000]
    if len(recent) >= cap:
        raise refused()
    key = keys.capped(new.recipient_id, new.activity)
    values = {"recent": [*recent, at], "until": at // 1000 + _WEEK_SECONDS}
    change = "SET recent = :recent, #ttl = :until ADD asked :one"
    if found is None:
        return [table.update(key, change, "attribute_not_exists(pk)", **values, one=1)]
    return [table.update(key, change, "asked = :seen", **values, one=1, seen=found["asked"])]
