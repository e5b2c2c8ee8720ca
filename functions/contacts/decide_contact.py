"""PATCH /v1/contacts/{contact_id}"""

from contacts import store
from contacts.contact import ContactEdit, Whole
from core import people
from core.errors import Conflict
from core.http import endpoint
from core.request import Body, Caller, Now, Path

_TRIES = 5


@endpoint()
def handler(contact_id: Path, edit: Body[ContactEdit], me: Caller, now: Now) -> Whole:
    """Without If-Match: a version would tell the sender that the recipient has answered."""
    for _ in range(_TRIES):
        old, role = store.get(contact_id, me.id, consistent=True)
        new = old.decided(role, edit.state, now)
        seen = people.look([old.other_id(role)], me)
        if new is not old and new.state == "interested" and seen.is_cut(old.sender_id):
            raise store.unreachable()
        if new is old or store.replace(old, new):
            return store.whole(new, role, seen, now)
    raise Conflict("Both of you decide at once; try again.")
