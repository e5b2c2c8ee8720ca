"""POST /v1/contacts"""

from contacts import recipients, store
from contacts.contact import Contact, NewContact, Whole
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.request import Body, Caller, Now

_CONTACTS = Limit("contacts", times=30, seconds=86_400)


@endpoint(status=201)
def handler(new: Body[NewContact], me: Caller, now: Now, once: Once) -> Whole:
    once.answer_again()
    _CONTACTS.spend(me.id, now)  # refused ones too: nobody can try out whom they may ask for what
    asked = recipients.find(new, me, now)
    contact = Contact.made(
        new,
        sender_id=me.id,
        recipient_id=asked.who.id or "",
        alias=asked.alias,
        question=asked.question,
        now=now,
    )
    shown = contact.whole("sender", asked.who, now)
    store.add(contact, shown, asked.weekly_cap, once, now)
    return shown
