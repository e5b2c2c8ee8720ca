"""Effect of DepartureChanged: the member's contacts, and their words in conversations that others keep.

What has not come to a conversation goes whole. Of a conversation the other side keeps what they said, with a
former member who has no id any more.
"""

from contextlib import suppress

from contacts import store
from contacts.contact import BOXES, NOBODY, Contact
from core import erasing, keys, table
from core.errors import Changed

_AT_ONCE = 10
_ALL_MESSAGES = ("MESSAGE#", "MESSAGE#~")


@erasing.eraser
def handler(member_id: str) -> None:
    done = [_erase(member_id, box) for box in BOXES.values()]
    first, last = keys.capped(member_id, ""), keys.capped(member_id, "~")
    erasing.drop(first.pk, (first.sk, last.sk))
    if not all(done):
        erasing.go_on(member_id)


def _erase(member_id: str, box: str) -> bool:
    partition = keys.contacts(member_id, box, "all", "", "").pk
    entries, more = table.query(partition, limit=_AT_ONCE, consistent=True)
    for entry in entries:
        fact = table.get(keys.contact(entry["id"]), consistent=True)
        if fact:
            with suppress(Changed):  # by a request that was under way: the next run takes it
                _forget(store.contact(fact), member_id)
    return more is None


def _forget(contact: Contact, member_id: str) -> None:
    """Words first: what is read of the contact leads to them."""
    if contact.state not in ("interested", "ended"):
        store.remove(contact)
        return
    _blank_words(contact.id, member_id)
    left = contact.without(member_id)
    if {left.sender_id, left.recipient_id} == {NOBODY}:
        table.write_many([], [*store.entries(contact), keys.unread(member_id, contact.id)])
        erasing.drop(keys.contact(contact.id).pk)
    else:
        store.forget(contact, left, member_id)


def _blank_words(contact_id: str, member_id: str) -> None:
    partition, after = keys.contact(contact_id).pk, None
    while True:
        found, after = table.query(partition, _ALL_MESSAGES, limit=100, after=after, consistent=True)
        own = [item for item in found if item["sender_id"] == member_id]
        table.write_many(item | {"sender_id": NOBODY, "message": ""} for item in own)
        if after is None:
            return
