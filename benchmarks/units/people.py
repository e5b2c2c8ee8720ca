"""The patterns of finding people, and of who follows, blocks and trusts whom."""

from collections.abc import Callable
from typing import Any

from benchmarks.requests import request
from benchmarks.ties import TAG
from benchmarks.units.patterns import Pattern, Read, own
from benchmarks.units.stage import Each, One, Some, Stage
from core import handles, keys
from core.keys import Key

_COUNTED = 100  # postings, of which the counts of the first page are the sum
_LISTED_AND_PEOPLE = "the list shown: one query; and those who stand in it, in one batch"


def _searched(stage: Stage, _answer: Any) -> list[Read]:
    ties = stage.world.ties
    return [
        One(keys.found_counts(f"tag:{TAG}")),
        Some([ties.found(place) for place in ties.places[:_COUNTED]]),
        One(keys.mail_domains(ties.owner)),
        Some([keys.block(ties.owner, each) for each in ties.blocked]),
    ]


def _list(function: str, key: Callable[[str, str], Key]) -> Pattern:
    """`key`: of the follow of the owner and another one."""

    def reads(stage: Stage, answer: Any) -> list[Read]:
        owner, ids = stage.world.owner, [each["id"] for each in answer["items"]]
        handle = One(keys.handle(handles.skeleton(owner.handle)))
        return [handle, Some([key(owner.id, each) for each in ids]), Each(list(map(keys.member, ids)))]

    return Pattern(
        name=function.partition("list_")[2],
        why=f"the handle's item; {_LISTED_AND_PEOPLE}",
        function=function,
        event=lambda stage: request(function, public=True, handle=stage.world.owner.handle),
        reads=reads,
    )


def _blocked(stage: Stage, answer: Any) -> list[Read]:
    ids = [each["id"] for each in answer["items"]]
    shown = [keys.block(stage.world.owner.id, each) for each in ids]
    return [Some(shown, consistent=True), Each(list(map(keys.member, ids)))]


def _told(stage: Stage, answer: Any) -> list[Read]:
    ids = [each["member_id"] for each in answer["items"]]
    return [
        Some([keys.reveal(stage.world.owner.id, each) for each in ids]),
        Each(list(map(keys.member, ids))),
    ]


PEOPLE = [
    own(
        "people by a tag, first page with its counts",
        "how many the list has; a hundred of its postings, of which the counts are the sum; and the"
        " searcher's mail domains and blocks",
        "space_station.search_space_station",
        _searched,
        {"tag": TAG},
    ),
    own("to whom one is known", _LISTED_AND_PEOPLE, "space_station.list_my_reveals", _told),
    _list("network.list_followers", lambda owner, other: keys.follow(other, owner)),
    _list("network.list_following", keys.follow),
    own("whom one blocks", f"{_LISTED_AND_PEOPLE}; consistently", "network.list_blocks", _blocked),
    own(
        "how many follow one",
        "the item that holds the counts",
        "network.count_my_follows",
        lambda stage, _: [One(keys.follow_counts(stage.world.owner.id))],
    ),
    own(
        "what a visitor sees of one",
        "the profile, consistently",
        "members.view_as",
        lambda stage, _: [One(keys.member(stage.world.owner.id), consistent=True)],
    ),
]
