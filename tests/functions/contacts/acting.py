"""What members do in these tests, over the API."""

from typing import Any

from contacts import (
    contact_member,
    decide_contact,
    get_contact,
    list_contacts,
    list_messages,
    mark_messages_read,
    send_message,
)
from members import open_up, raise_shield
from network import block_member, follow_member
from tests.cloud import Answer, call
from tests.functions.conftest import Person
from tests.functions.opportunities.acting import everything, gone, hide

__all__ = ["everything", "gone", "hide"]

NOBODYS = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # an id that nothing has
ASKED = {"activity": "mentor", "message": "Would you look at my plan?"}


def open_to(user: Person, activity: str = "mentor", /, **how: Any) -> None:
    assert call(open_up.handler, user=user.id, body=how, activity=activity).status == 200


def shield(user: Person, /, **shield: Any) -> None:
    assert call(raise_shield.handler, user=user.id, body=shield).status == 200


def block(user: Person, other: Person) -> None:
    assert call(block_member.handler, user=user.id, handle=other.handle).status == 204


def follow(user: Person, other: Person) -> None:
    assert call(follow_member.handler, user=user.id, handle=other.handle).status == 204


def ask(user: Person, of: Person | str, key: str | None = None, /, **changes: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"member": of if isinstance(of, str) else of.handle} | ASKED | changes
    return call(contact_member.handler, user=user.id, body=body, headers=headers)


def asked(user: Person, of: Person, /, **changes: Any) -> str:
    """The id of a new contact."""
    answer = ask(user, of, **changes)
    assert answer.status == 201, answer
    return str(answer.json["id"])


def read(user: Person, contact_id: str) -> Answer:
    return call(get_contact.handler, user=user.id, contact_id=contact_id)


def decide(user: Person, contact_id: str, state: str, /, **more: Any) -> Answer:
    body = {"state": state} | more
    return call(decide_contact.handler, user=user.id, body=body, contact_id=contact_id)


def listed(user: Person, box: str, /, **query: Any) -> Answer:
    return call(list_contacts.handler, user=user.id, query={"box": box} | query)


def states(user: Person, box: str, /, **query: Any) -> list[str]:
    page = listed(user, box, **query)
    assert page.status == 200, page
    return [each["state"] for each in page.json["items"]]


def send(user: Person, contact_id: str, text: str = "Hello", key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return call(
        send_message.handler, user=user.id, body={"message": text}, headers=headers, contact_id=contact_id
    )


def messages(user: Person, contact_id: str, /, **query: Any) -> Answer:
    return call(list_messages.handler, user=user.id, query=query, contact_id=contact_id)


def mark(user: Person, contact_id: str, up_to: Any) -> Answer:
    return call(mark_messages_read.handler, user=user.id, body={"up_to": up_to}, contact_id=contact_id)


def talking(user: Person, other: Person) -> str:
    """The id of a contact that has been accepted."""
    open_to(other)
    made = asked(user, other)
    assert decide(other, made, "interested").status == 200
    return made
