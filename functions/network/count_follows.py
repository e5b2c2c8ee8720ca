"""Effect of FollowChanged: how many follow a member, and how many they follow."""

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
    return [
        table.update(keys.follow_counts(member_id), "ADD #following :step", step=step),
        table.update(keys.follow_counts(followed_id), "ADD #followers :step", step=step),
    ]
