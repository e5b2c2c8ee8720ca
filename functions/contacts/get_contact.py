"""GET /v1/contacts/{contact_id}"""

from contacts import store
from contacts.contact import Whole
from core import people
from core.http import endpoint
from core.request import Caller, Now, Path


@endpoint()
def handler(contact_id: Path, me: Caller, now: Now) -> Whole:
    contact, role = store.get(contact_id, me.id)
    return store.whole(contact, role, people.look([contact.other_id(role)], me), now)
