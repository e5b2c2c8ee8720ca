"""Contacts in the table: the fact, and its entries in the lists of both sides that are written with it."""

from datetime import datetime

from contacts import caps
from contacts.contact import BOXES, NOBODY, Contact, Role, Whole, refused
from core import blind, keys, table
from core.errors import Changed, Conflict, NotFound
from core.idempotency import Once
from core.keys import Key
from core.people import Seen
from core.table import Item, Write

_FREE = "attribute_not_exists(pk) OR #until <= :now"
_NEVER = "9999"  # sorts after every time


def get(contact_id: str, member_id: str, *, consistent: bool = False) -> tuple[Contact, Role]:
    """For everybody but the two it is not there."""
    item = table.get(keys.contact(contact_id), consistent=consistent)
    found = contact(item) if item else None
    role = found.role(member_id) if found else None
    if found is None or role is None:
        raise NotFound("There is no such contact.")
    return found, role


def contact(item: Item) -> Contact:
    return Contact.model_validate({name: item.get(name) for name in Contact.model_fields})


def add(new: Contact, answer: Whole, cap: int | None, once: Once, now: datetime) -> None:
    """In one transaction: no cap is passed, and no second one is open, however many come at once."""
    counted: Item | None = None
    while True:  # each further turn means that another contact was counted, up to the cap
        count = caps.counted(new, cap, counted, now) if cap else []
        try:
            once.write(*_added(new), *count, answer=answer)
        except table.ConditionFailed as failure:
            if 0 in failure.found:
                raise Conflict("You have asked them for this within the last 30 days.") from None
            if 1 in failure.found:
                raise refused() from None
            counted = failure.found[len(_added(new))]
        else:
            return


def replace(old: Contact, new: Contact) -> bool:
    """False where somebody else was faster. Raises Conflict where the two cannot write to each other."""
    try:
        table.write(*_changed(old, new))
    except table.ConditionFailed as failure:
        if 0 in failure.found:
            return False
        raise unreachable() from None
    return True


def remove(old: Contact) -> None:
    """Of both sides, as if it had not been."""
    fact = table.delete(keys.contact(old.id), "version = :seen", seen=old.version)
    _write(fact, *map(table.delete, entries(old)), table.delete(_asked(old)))


def forget(old: Contact, new: Contact, member_id: str) -> None:
    """Of this side, which has left."""
    fact = table.put(_fact(new), "version = :seen", seen=old.version)
    stale = [table.delete(key) for key in entries(old).keys() - entries(new).keys()]
    marks = [table.delete(keys.read_mark(old.id, member_id)), table.delete(keys.unread(member_id, old.id))]
    _write(fact, *map(table.put, entries(new).values()), *stale, *marks, table.delete(_asked(old)))


def _write(*writes: Write) -> None:
    try:
        table.write(*writes)
    except table.ConditionFailed:
        raise Changed("It was changed meanwhile.") from None


def unreachable() -> Conflict:
    return Conflict("They cannot be reached any more.")


def _added(new: Contact) -> list[Write]:
    """The first two are those that can fail."""
    asked = _asked(new)._asdict() | {"contact_id": new.id, "until": new.closes_at}
    return [
        table.put(asked, _FREE, now=new.created_at),
        table.check(keys.block(new.sender_id, new.recipient_id), "attribute_not_exists(pk)"),
        table.put(_fact(new), "attribute_not_exists(pk)"),
        *map(table.put, entries(new).values()),
    ]


def _changed(old: Contact, new: Contact) -> list[Write]:
    before, after = entries(old), entries(new)
    fact = table.put(_fact(new), "version = :seen", seen=old.version)
    moved = [table.put(item) for key, item in after.items() if before.get(key) != item]
    stale = [table.delete(key) for key in sorted(before.keys() - after.keys())]
    return [fact, *moved, *stale, *(_opened(new) if new.state == "interested" else [])]


def _opened(of: Contact) -> list[Write]:
    """The conversation. While it lasts neither needs to be asked for the same again.

    Whoever was asked behind an alias tells the sender by this who they are.
    """
    known = (
        [blind.revealed(of.recipient_id, of.sender_id, datetime.fromisoformat(of.updated_at))]
        if of.alias
        else []
    )
    return [
        *known,
        table.check(keys.block(of.sender_id, of.recipient_id), "attribute_not_exists(pk)"),
        table.update(_asked(of), "SET #until = :never", never=_NEVER),
        table.put(keys.conversation(of.id)._asdict() | {"id": of.id, "version": 0}),
    ]


def entries(of: Contact) -> dict[Key, Item]:
    """Pure, and of each side's own view: what the sender is not told changes nothing in their lists."""
    found: dict[Key, Item] = {}
    for role, box in BOXES.items():
        member_id = of.sender_id if role == "sender" else of.recipient_id
        if member_id == NOBODY:
            continue
        state = of.told(role)
        copy = {
            "id": of.id,
            "role": role,
            "other_id": of.other_id(role),
            "alias": of.alias if of.is_blind(role) else None,
            "activity": of.activity,
            "preview": of.preview,
            "state": state,
            "created_at": of.created_at,
            "closes_at": of.closes_at,
        }
        for facet in ("all", state):
            key = keys.contacts(member_id, box, facet, of.created_at, of.id)
            found[key] = {name: value for name, value in copy.items() if value is not None} | key._asdict()
    return found


def whole(of: Contact, role: Role, seen: Seen, now: datetime) -> Whole:
    other = of.other_id(role)
    return of.whole(role, seen.who(other), now, is_cut=seen.is_cut(other))


def _asked(of: Contact) -> Key:
    """A blind contact is held apart: otherwise it would tell by a refusal whom an alias stands for."""
    return keys.asked(of.sender_id, of.recipient_id, of.activity, blind=of.alias is not None)


def _fact(of: Contact) -> Item:
    return of.model_dump() | keys.contact(of.id)._asdict()
