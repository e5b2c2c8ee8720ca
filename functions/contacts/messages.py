"""The messages of a conversation: numbered without gaps, however many are written at once."""

from contextlib import suppress
from datetime import datetime
from typing import Annotated, NamedTuple, Self

from pydantic import Field, StringConstraints, model_validator

from contacts import store
from contacts.contact import Contact, Shown
from core import clock, cursors, keys, people, table
from core.errors import Conflict, Forbidden, field
from core.idempotency import Once
from core.keys import Key
from core.people import Seen, Who
from core.request import Caller
from core.shapes import Page, Paged, Prose, Shape
from core.table import Item

_HIGHEST = 99_999_999


class NewMessage(Shape):
    message: Annotated[Prose, StringConstraints(min_length=1, max_length=5_000)]


class Message(Shape):
    """`mine`: written by who reads it. Numbers begin at 1 and have no gaps."""

    number: int
    mine: bool
    message: str
    sent_at: str


class ListMessages(Paged):
    """The latest, the newest first. `after` goes on to older ones, `since` to newer ones."""

    since: Annotated[str, StringConstraints(max_length=1024)] | None = Field(
        None, description="`newer` of a former answer; goes without `after`."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.since and self.after:
            raise ValueError("since and after go in different directions: send one of them")
        return self


class Messages(Page[Message]):
    """`newer`: what has been written since this page. `last`: the highest number there is."""

    newer: str
    other: Who
    state: Shown
    last: int
    read_up_to: int


class Conversation(NamedTuple):
    """What stands around the messages, as one of the two sees it."""

    contact: Contact
    me: Caller
    seen: Seen

    @property
    def other_id(self) -> str:
        return self.contact.recipient_id if self.me.id == self.contact.sender_id else self.contact.sender_id

    @property
    def last(self) -> int:
        return int(self.seen.also.get(keys.conversation(self.contact.id), {}).get("version", 0))

    @property
    def has_ended(self) -> bool:
        return self.contact.state == "ended" or self.seen.is_cut(self.other_id)


def of(contact_id: str, me: Caller) -> Conversation:
    """Raises Conflict while nobody is interested; to the sender that tells nothing."""
    contact, role = store.get(contact_id, me.id)
    if contact.state not in ("interested", "ended"):
        raise Conflict("There is no conversation yet.")
    also = [keys.conversation(contact.id), keys.read_mark(contact.id, me.id)]
    return Conversation(contact=contact, me=me, seen=people.look([contact.other_id(role)], me, also))


def add(new: NewMessage, to: Conversation, once: Once, now: datetime) -> Message:
    """Next in line, unless meanwhile one of them has ended it, by word or by a block."""
    if to.has_ended:
        raise _ended()
    last = to.last
    while True:  # each further turn means that another message was written; senders are limited
        message = Message(number=last + 1, mine=True, message=new.message, sent_at=clock.timestamp(now))
        try:
            once.write(*_written(message, to, last), answer=message)
        except table.ConditionFailed as failure:
            if failure.found.keys() & {0, 1}:
                raise _ended() from None
            found = failure.found.get(2)
            last = int(found["version"]) if found else last
        else:
            return message


def page(of: Conversation, asked: ListMessages) -> Messages:
    scope = f"messages {of.contact.id}"
    position = cursors.unseal(scope, asked.since or asked.after or "") if asked.since or asked.after else None
    items = _read(of.contact.id, asked, position)
    numbers = [each["number"] for each in items]
    newest = max(numbers, default=int(position or 0) if asked.since else 0)
    return Messages(
        items=[_message(each, of.me) for each in items],
        next=cursors.seal(scope, str(numbers[-1])) if numbers and numbers[-1] > 1 else None,
        newer=cursors.seal(scope, str(newest)),
        other=of.seen.who(of.other_id),
        state="ended" if of.has_ended else "interested",
        last=max(of.last, newest),
        read_up_to=of.seen.also.get(keys.read_mark(of.contact.id, of.me.id), {}).get("up_to", 0),
    )


def mark_read(of: Conversation, up_to: int) -> None:
    """Never back: of two marks at once the further one counts. What has come meanwhile stays unread."""
    if up_to > of.last and up_to > _last_now(of.contact.id):
        raise field("up_to", "is the number of no message yet")
    with suppress(table.ConditionFailed):
        table.write(table.delete(keys.unread(of.me.id, of.contact.id), "#number <= :up_to", up_to=up_to))
    key, condition = keys.read_mark(of.contact.id, of.me.id), "attribute_not_exists(pk) OR up_to < :up_to"
    with suppress(table.ConditionFailed):
        table.write(table.update(key, "SET up_to = :up_to", condition, up_to=up_to))


def _written(message: Message, to: Conversation, last: int) -> list[table.Write]:
    contact, key = to.contact, keys.message(to.contact.id, message.number)
    stored = key._asdict() | message.model_dump(exclude={"mine"}) | {"sender_id": to.me.id}
    unread = {"contact_id": contact.id, "number": message.number}
    return [
        table.check(keys.contact(contact.id), "#state = :interested", interested="interested"),
        table.check(keys.block(to.me.id, to.other_id), "attribute_not_exists(pk)"),
        table.update(
            keys.conversation(contact.id), "SET version = :next", "version = :seen", next=last + 1, seen=last
        ),
        table.put(stored, "attribute_not_exists(pk)"),
        table.put(keys.unread(to.other_id, contact.id)._asdict() | unread),
    ]


def _read(contact_id: str, asked: ListMessages, position: str | None) -> list[Item]:
    """Newest first, whichever way they were read."""
    first, last = keys.message(contact_id, 0), keys.message(contact_id, _HIGHEST)
    after = keys.message(contact_id, int(position)) if position is not None else None
    items, _ = table.query(
        first.pk,
        (first.sk, last.sk),
        limit=asked.limit,
        newest_first=asked.since is None,
        after=Key(*after) if after else None,
        consistent=True,
    )
    return items if asked.since is None else items[::-1]


def _message(item: Item, me: Caller) -> Message:
    mine = item["sender_id"] == me.id
    return Message(number=item["number"], mine=mine, message=item["message"], sent_at=item["sent_at"])


def _last_now(contact_id: str) -> int:
    """What was read before may be a moment old."""
    return int((table.get(keys.conversation(contact_id), consistent=True) or {}).get("version", 0))


def _ended() -> Forbidden:
    return Forbidden("This conversation has ended.")
