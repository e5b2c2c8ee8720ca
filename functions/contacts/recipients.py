"""Whom a contact goes to, and whether they can be asked for that by this member."""

from datetime import datetime
from typing import NamedTuple

from contacts.contact import NewContact, refused
from core import blind, handles, keys, openness, people, table
from core.errors import Moved, NotFound, field
from core.handles import HIDDEN
from core.people import Who
from core.request import Caller


class Asked(NamedTuple):
    who: Who
    alias: str | None
    question: str
    weekly_cap: int | None


def find(new: NewContact, me: Caller, now: datetime) -> Asked:
    unmasked = blind.opened(new.member, me.id)
    member_id, alias = (unmasked, new.member) if unmasked else (_member(new.member.lower(), me), None)
    if member_id == me.id:
        raise field("member", "is yourself")
    profile = table.get(keys.member(member_id), consistent=True)
    if profile is None or profile["visibility"] == HIDDEN:
        raise field("member", "is nobody's handle")
    for each in openness.of(profile, me, now):
        if each["activity"] == new.activity:
            question = "" if alias else each.get("question", "")  # its words could tell who asks it
            if question and not new.answer:
                raise field("answer", "is needed: this member asks a question")
            return Asked(people.who(profile), alias, question, each.get("weekly_cap"))
    raise refused()


def _member(handle: str, me: Caller) -> str:
    """A former handle leads on. Whoever is blocked is refused like everybody who cannot be asked."""
    try:
        return handles.find(handle, me, even_if_blocked=True).member_id
    except Moved as moved:
        return _member(moved.path["handle"], me)
    except NotFound:
        raise field("member", "is nobody's handle") from None
