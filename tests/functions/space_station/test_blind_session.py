"""A whole session behind an alias: every route that takes one, or answers with one, read byte by byte."""

import base64
import json
import re
from datetime import timedelta
from typing import Any

import pytest

from contacts import (
    contact_member,
    decide_contact,
    get_contact,
    get_waiting,
    list_contacts,
    list_messages,
    mark_messages_read,
    send_message,
)
from infra.contacts import contacts
from infra.space_station import space_station
from members import edit_me, get_member, open_up, view_as
from network import block_member, follow_member, unblock_member, unfollow_member
from space_station import list_my_reveals, reveal_myself, search_space_station
from tests.cloud import Answer, Handler, call
from tests.functions.conftest import Person, Shift
from tests.functions.space_station.acting import arrive, place, works

CANARY = "zanzibar"


@pytest.fixture
def hidden() -> Person:
    """All her texts name her, also the question that she asks."""
    person = arrive(f"{CANARY}-x")
    texts = {"name": f"Ana {CANARY} Moura", "headline": CANARY, "bio": CANARY, "location": f"{CANARY}, Peru"}
    assert call(edit_me.handler, user=person.id, body=texts).status == 200
    how = {"note": f"Ask {CANARY}", "question": f"Who is {CANARY}?"}
    for activity in ("mentor", "teach"):
        assert call(open_up.handler, user=person.id, body=how, activity=activity).status == 200
    place(person)
    works(person, tags=["python", CANARY])
    return person


class Session:
    """Of one searcher. `seen`: all bytes of all answers, headers too, and what base64 hides in them."""

    def __init__(self, who: Person) -> None:
        self._who, self.seen = who, ""
        self.called: set[str] = set()

    def call(self, handler: Handler, **asked: Any) -> Answer:
        answer = call(handler, user=self._who.id, **asked)
        said = json.dumps([answer.json, answer.headers, answer.cookies], ensure_ascii=False)
        tokens = re.findall(r"[\w-]{20,}", said)
        self.seen += said.lower() + " ".join(_unpacked(each) for each in tokens).lower()
        self.called.add(handler.__wrapped__.__module__.rpartition(".")[2])  # type: ignore[attr-defined]
        return answer

    def alias(self) -> str:
        [card] = self.call(search_space_station.handler, query={"blind": "true", "tag": "python"}).json[
            "items"
        ]
        return str(card["alias"])

    def look(self, contact_id: str) -> None:
        """At all that there is of a contact."""
        on_it = {"contact_id": contact_id}
        for query in ({"box": "sent"}, {"box": "sent", "limit": 1}, {"box": "sent", "state": "pending"}):
            self.call(list_contacts.handler, query=query)
        self.call(get_waiting.handler)
        self.call(get_contact.handler, **on_it)
        self.call(list_messages.handler, **on_it)
        self.call(send_message.handler, body={"message": "Hello?"}, **on_it)
        self.call(mark_messages_read.handler, body={"up_to": 1}, **on_it)


def _unpacked(token: str) -> str:
    whole = token[: len(token) // 4 * 4]
    return base64.urlsafe_b64decode(whole).decode("latin-1")


def test_no_byte_of_any_answer_names_her(hidden: Person, mallory: Person, later: Shift) -> None:
    session = Session(mallory)
    alias = session.alias()
    ids = []
    for activity in ("mentor", "teach"):
        body = {"member": alias, "activity": activity, "message": "Would you?"}
        headers = {"Idempotency-Key": activity}
        made = [session.call(contact_member.handler, body=body, headers=headers) for _ in range(2)]
        assert [each.status for each in made] == [201, 201]
        ids.append(made[0].json["id"])
    refused = [
        session.call(contact_member.handler, body={"member": alias, "activity": each, "message": "?"})
        for each in ("mentor", "write")
    ]
    assert [each.status for each in refused] == [409, 403]
    for contact_id in ids:
        session.look(contact_id)
    decided = {"user": hidden.id, "contact_id": ids[0], "body": {"state": "not_now"}}
    assert call(decide_contact.handler, **decided).status == 200
    session.look(ids[0])
    taken_back = session.call(decide_contact.handler, contact_id=ids[1], body={"state": "withdrawn"})
    assert taken_back.status == 200
    for handler in (get_member, follow_member, unfollow_member, block_member, unblock_member, reveal_myself):
        assert session.call(handler.handler, handle=alias).status == 404
    assert session.call(view_as.handler, query={"member": alias}).status in (404, 422)
    session.call(list_my_reveals.handler)
    later(timedelta(days=31))
    session.look(ids[0])

    for canary in (CANARY, "moura", hidden.id.lower(), hidden.handle):
        assert canary not in session.seen, session.seen[max(0, session.seen.index(canary) - 200) :][:400]
    routes = {each.function.stem for each in (*contacts.routes, *space_station.routes)}
    assert routes <= session.called, "a route of these contexts was not asked"


def test_once_she_is_interested_the_same_session_names_her(hidden: Person, mallory: Person) -> None:
    """Or the canary would prove nothing."""
    session = Session(mallory)
    body = {"member": session.alias(), "activity": "mentor", "message": "Would you?"}
    made = session.call(contact_member.handler, body=body).json["id"]
    assert CANARY not in session.seen

    decided = {"user": hidden.id, "contact_id": made, "body": {"state": "interested"}}
    assert call(decide_contact.handler, **decided).status == 200
    session.look(made)

    assert CANARY in session.seen
