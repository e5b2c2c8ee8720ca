"""The patterns of the board, of contacts and of conversations; beside what is shown, people are read."""

from collections.abc import Callable
from typing import Any

from benchmarks.requests import Event, request
from benchmarks.units.patterns import Pattern, Read, own
from benchmarks.units.stage import Each, One, Some, Stage
from core import keys
from core.keys import Key

_BOARD, _CONTACTS = "opportunities.list_opportunities", "contacts.list_contacts"
_COUNTED = 100  # at most, of what waits
_ENTRIES_AND_PEOPLE = "the entries shown: one query; and those who stand behind them, in one batch"


def _people(member_id: str, *more: Key) -> Each:
    """Their profile. The engine charges nothing for a block that is looked for and not there (AWS: 0.5)."""
    return Each([keys.member(member_id), *more])


def _board(facet: str) -> Callable[[Stage, Any], list[Read]]:
    def reads(stage: Stage, answer: Any) -> list[Read]:
        shown = [keys.board(facet, each["listed_at"], each["id"]) for each in answer["items"]]
        return [Some(shown), _people(stage.world.owner.id)]

    return reads


def _listed(name: str, facet: str, *, visitor: bool, **query: str) -> Pattern:
    def event(stage: Stage) -> Event:
        who: dict[str, Any] = {"public": True} if visitor else {"user": stage.world.colleague.id}
        return request(_BOARD, query=query, **who)

    return Pattern(
        name=f"the board, {name}",
        why=_ENTRIES_AND_PEOPLE,
        function=_BOARD,
        event=event,
        reads=_board(facet),
    )


def _opportunity(stage: Stage) -> str:
    return stage.world.dealings.opportunities[0].id


def _one_opportunity(function: str) -> Callable[[Stage], Event]:
    return lambda stage: request(function, user=stage.world.colleague.id, opportunity_id=_opportunity(stage))


def _own_answer(stage: Stage, _answer: Any) -> list[Read]:
    given = stage.world.dealings.answer
    return [
        One(keys.answered(given.opportunity_id, given.member_id), consistent=True),
        One(keys.opportunity_answer(given.opportunity_id, given.id), consistent=True),
        _people(given.member_id),
    ]


def _received(stage: Stage, answer: Any) -> list[Read]:
    owner = stage.world.owner.id
    shown = [
        keys.contacts(owner, "received", "all", each["created_at"], each["id"]) for each in answer["items"]
    ]
    return [Some(shown, consistent=True), _people(stage.world.colleague.id)]


def _talk(function: str) -> Callable[[Stage], Event]:
    return lambda stage: request(function, user=stage.world.owner.id, contact_id=stage.world.dealings.talk.id)


def _messages(stage: Stage, answer: Any) -> list[Read]:
    talk, owner = stage.world.dealings.talk.id, stage.world.owner.id
    shown = [keys.message(talk, each["number"]) for each in answer["items"]]
    around = (keys.conversation(talk), keys.read_mark(talk, owner))
    others = _people(stage.world.colleague.id, *around)
    return [One(keys.contact(talk)), others, Some(shown, consistent=True)]


def _matched(stage: Stage, answer: Any) -> list[Read]:
    colleague, ids = stage.world.colleague.id, [each["id"] for each in answer["items"]]
    return [
        Some([keys.match(colleague, each) for each in ids]),
        Each([keys.opportunity(each) for each in ids]),
        _people(stage.world.owner.id),
    ]


def _waiting(stage: Stage, _answer: Any) -> list[Read]:
    """All were made in the same moment, so that their ids say which come first."""
    owner, contacts = stage.world.owner.id, sorted(stage.world.dealings.contacts, key=lambda each: each.id)
    asked = [each for each in contacts if each.state == "pending"][:_COUNTED]
    return [
        Some([keys.contacts(owner, "received", "pending", each.created_at, each.id) for each in asked]),
        Some([keys.unread(owner, each.id) for each in contacts[:_COUNTED]]),
    ]


DEALINGS = [
    _listed("latest 20, as visitor", "all", visitor=True),
    _listed("latest 20, as member", "all", visitor=False),
    _listed("by tag", "tag:coffee", visitor=True, tag="coffee"),
    _listed("by activity", "activity:freelance", visitor=False, activity="freelance"),
    Pattern(
        name="an opportunity",
        why="the fact, and its poster",
        function="opportunities.get_opportunity",
        event=_one_opportunity("opportunities.get_opportunity"),
        reads=lambda stage, _: [
            One(keys.opportunity(_opportunity(stage))),
            _people(stage.world.owner.id),
        ],
    ),
    Pattern(
        name="one's own answer to an opportunity",
        why="whether there is one; it, consistently; and who gave it",
        function="opportunities.list_answers",
        event=_one_opportunity("opportunities.list_answers"),
        reads=_own_answer,
    ),
    Pattern(
        name="opportunities that fit",
        why="the matches shown; their facts; and who has posted them",
        function="opportunities.list_matches",
        event=lambda stage: request("opportunities.list_matches", user=stage.world.colleague.id),
        reads=_matched,
    ),
    Pattern(
        name="contacts received, latest 20",
        why=f"{_ENTRIES_AND_PEOPLE}; consistently",
        function=_CONTACTS,
        event=lambda stage: request(_CONTACTS, user=stage.world.owner.id, query={"box": "received"}),
        reads=_received,
    ),
    Pattern(
        name="a contact",
        why="the fact, and the other side",
        function="contacts.get_contact",
        event=_talk("contacts.get_contact"),
        reads=lambda stage, _: [
            One(keys.contact(stage.world.dealings.talk.id)),
            _people(stage.world.colleague.id),
        ],
    ),
    Pattern(
        name="a conversation, latest 20 messages",
        why="the contact; what stands around the messages, in one batch; and those shown, consistently",
        function="contacts.list_messages",
        event=_talk("contacts.list_messages"),
        reads=_messages,
    ),
    own(
        "how much waits for one",
        "who asks, and where there is something to read, a hundred of each: two queries",
        "contacts.get_waiting",
        _waiting,
    ),
]
