"""POST /v1/contacts/{contact_id}/messages"""

from contacts import messages
from contacts.messages import Message, NewMessage
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.request import Body, Caller, Now, Path

_MESSAGES = Limit("messages", times=30, seconds=60)


@endpoint(status=201)
def handler(contact_id: Path, new: Body[NewMessage], me: Caller, now: Now, once: Once) -> Message:
    once.answer_again()
    conversation = messages.of(contact_id, me)
    _MESSAGES.spend(me.id, now)
    return messages.add(new, conversation, once, now)
