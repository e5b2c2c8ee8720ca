"""GET /v1/contacts/{contact_id}/messages"""

from contacts import messages
from contacts.messages import ListMessages, Messages
from core.http import endpoint
from core.request import Caller, Path, Query


@endpoint()
def handler(contact_id: Path, asked: Query[ListMessages], me: Caller) -> Messages:
    return messages.page(messages.of(contact_id, me), asked)
