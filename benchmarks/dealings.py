"""What members have to do with each other, as items of the table: a board, answers, contacts, messages."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property

from contacts import store as contacts_store
from contacts.contact import Contact, NewContact, State
from core import clock, keys
from core.table import Item
from opportunities import store as opportunities_store
from opportunities.answer import Answer, NewAnswer
from opportunities.composing import NewOpportunity, made
from opportunities.opportunity import Opportunity

_MOST = 400  # of each: more than any page shows, and soon loaded
_MESSAGE = "We have forty years of timetables on paper. Could you look at them, on a Thursday in March?"


class Dealings:
    """`owner` posts and is asked; `colleague` answers and asks."""

    def __init__(self, owner: str, colleague: str, size: int) -> None:
        self.owner, self.colleague = owner, colleague
        self.now, self._count = clock.now(), min(size, _MOST)

    def items(self) -> Iterator[Item]:
        for each in self.opportunities:
            yield keys.opportunity(each.id)._asdict() | each.model_dump()
            yield from opportunities_store.entries(each).values()
            yield keys.match(self.colleague, each.id)._asdict()
        yield from self._answers()
        for contact in self.contacts:
            yield keys.contact(contact.id)._asdict() | contact.model_dump()
            yield from contacts_store.entries(contact).values()
            yield keys.unread(self.owner, contact.id)._asdict() | {"contact_id": contact.id, "number": 1}
        yield from self._messages()

    @cached_property
    def opportunities(self) -> list[Opportunity]:
        new = NewOpportunity(
            activity="freelance",
            title="Photographs for a booklet of neighbourhood roasters",
            text=_MESSAGE * 10,
            tags=["photography", "coffee"],
            paid=True,
            place="Lisboa, Portugal",
        )
        posted = self.now - timedelta(days=25)  # so that they can be renewed
        return [made(new, member_id=self.owner, now=posted) for _ in range(self._count)]

    @cached_property
    def answer(self) -> Answer:
        [opportunity, *_] = self.opportunities
        new = NewAnswer(message=_MESSAGE)
        return Answer.made(new, opportunity.id, self.owner, self.colleague, self.now)

    @cached_property
    def contacts(self) -> list[Contact]:
        """Every other one waits for the owner's answer."""
        return [self._contact("pending" if number % 2 else "interested") for number in range(self._count)]

    @property
    def talk(self) -> Contact:
        return self.contacts[0]

    def _contact(self, state: State) -> Contact:
        new = NewContact(member="-", activity="mentor", message=_MESSAGE)
        people = {"sender_id": self.colleague, "recipient_id": self.owner}
        made = Contact.made(new, **people, alias=None, question="", now=self.now)
        return made.model_copy(update={"state": state})

    def _answers(self) -> Iterator[Item]:
        answer = self.answer
        key = keys.opportunity_answer(answer.opportunity_id, answer.id)
        yield key._asdict() | answer.model_dump()
        yield keys.answered(answer.opportunity_id, answer.member_id)._asdict() | {"answer_id": answer.id}

    def _messages(self) -> Iterator[Item]:
        yield keys.conversation(self.talk.id)._asdict() | {"id": self.talk.id, "version": self._count}
        yield keys.read_mark(self.talk.id, self.owner)._asdict() | {"up_to": 1}
        said = {"sender_id": self.owner, "message": _MESSAGE, "sent_at": clock.timestamp(self.now)}
        for number in range(1, self._count + 1):
            yield keys.message(self.talk.id, number)._asdict() | {"number": number} | said
