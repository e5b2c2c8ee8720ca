"""The patterns of sessions, tokens, ways in, invitations and the waiting list."""

from typing import Any

from benchmarks.requests import request
from benchmarks.units.patterns import Pattern, Read, own
from benchmarks.units.stage import Each, One, Some, Stage
from core import invited, keys, tokens
from waitlist import admitting
from waitlist.place import HUNDRED

_PAGE = 20
_SHOWN = "those shown: one query, consistently"


def _sessions(stage: Stage, answer: Any) -> list[Read]:
    return [
        Some([keys.session(stage.world.owner.id, each["id"]) for each in answer["items"]], consistent=True)
    ]


def _tokens(stage: Stage, answer: Any) -> list[Read]:
    shown = [keys.personal_token(stage.world.owner.id, each["id"]) for each in answer["items"]]
    return [Some(shown, consistent=True)]


def _invitations(stage: Stage, _answer: Any) -> list[Read]:
    places = range(len(stage.world.entrance.invitations))
    return [
        Some([keys.invitation(stage.world.owner.id, each) for each in places], consistent=True),
        Each([keys.member(stage.world.colleague.id)]),
    ]


def _handed_on(stage: Stage) -> str:
    return stage.world.entrance.code_of(stage.world.entrance.invitations[2])


def _by_code(stage: Stage, _answer: Any) -> list[Read]:
    owner = stage.world.owner.id
    return [
        One(keys.invited(invited.digest(_handed_on(stage))), consistent=True),
        One(keys.invitation(owner, 2), consistent=True),
        One(keys.member(owner)),
    ]


def _list(stage: Stage, answer: Any) -> list[Read]:
    waiting, guests = stage.world.waiting, answer["not_come"]
    until = waiting.until
    first = range(1, min(waiting.waiting, _PAGE) + 1)
    admitted = [keys.admitted(until, tokens.digest(each["email"])) for each in guests]
    return [
        Some([keys.in_queue(number) for number in first], consistent=True),
        Some(admitted, consistent=True),
        Each([admitting._admission(each) for each in guests]),
        Some([keys.hundred(each) for each in range(waiting.waiting // HUNDRED + 1)], consistent=True),
    ]


ENTRANCE = [
    own("one's sessions, a page", _SHOWN, "accounts.list_sessions", _sessions),
    own("one's personal access tokens", f"{_SHOWN}; 25 at most", "accounts.list_tokens", _tokens),
    own(
        "one's ways in",
        "the one item that holds them, consistently",
        "accounts.list_identities",
        lambda stage, _: [One(keys.ways_in(stage.world.owner.id), consistent=True)],
    ),
    own(
        "one's invitations, and who came of them",
        "the places of one member, consistently; and those who came, in one batch",
        "invitations.list_invitations",
        _invitations,
    ),
    Pattern(
        name="an invitation, by its code",
        why="the code and what it leads to, consistently, one after the other; and who invites",
        function="invitations.get_invitation",
        event=lambda stage: request("invitations.get_invitation", code=_handed_on(stage)),
        reads=_by_code,
    ),
    own(
        "the waiting list, for operators",
        "who waits first, whose admission ends first, and the counts of all hundreds: a query of each,"
        " consistently; and the admissions, in one batch",
        "waitlist.list_admissions",
        _list,
        groups="[operators]",
    ),
]
