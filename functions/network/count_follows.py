"""Effect of FollowChanged: how many follow a member, and how many they follow.

Who has left has no counts: their follows end one by one, each of which would make them anew.
"""

from functools import partial

from core import keys, table
from core.derived import settle
from core.events import FollowChanged, subscriber
from core.table import Item, Write


@subscriber(FollowChanged)
def handler(event: FollowChanged) -> None:
    member_id, _, followed_id = event.follow_id.partition("#")
    fact = keys.follow(member_id, followed_id)
    settle(
        fact, keys.follow_counted(member_id, followed_id), _counted, partial(_moves, member_id, followed_id)
    )


def _counted(fact: Item | None) -> Item | None:
    return {"is": True} if fact else None


def _moves(member_id: str, followed_id: str, old: Item, _new: Item) -> list[Write]:
    step = -1 if old else 1
    counts = {member_id: "following", followed_id: "followers"}
    left = {item["id"] for item in table.get_many(map(keys.departure, counts))}
    return [
        table.update(keys.follow_counts(each), f"ADD #{name} :step", step=step)
        for each, name in counts.items()
        if each not in left
    ]
