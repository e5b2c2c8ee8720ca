"""Blocks: of two members of whom one blocks the other, neither sees anything of the other.

Each has an item of the pair in a partition of their own: one read tells it, and one query all of a member's.
"""

from datetime import datetime

from core import clock, cursors, keys, table
from core.errors import Conflict
from core.keys import Key
from core.shapes import Page, Paged
from network import person
from network.person import Person

_TRIES = 5


def block(me: str, them: str, now: datetime) -> None:
    """Whoever follows the other does so no more."""
    if me == them:
        raise Conflict("You cannot block yourself.")
    table.write(
        table.update(keys.block(me, them), "SET by_me = if_not_exists(by_me, :at)", at=clock.timestamp(now)),
        table.update(keys.block(them, me), "SET by_them = :yes", yes=True),
        table.delete(keys.follow(me, them)),
        table.delete(keys.follow(them, me)),
    )


def unblock(me: str, them: str) -> None:
    """What the other blocks stays blocked."""
    if me == them:
        return  # nobody blocks themselves
    mine, theirs = keys.block(me, them), keys.block(them, me)
    for _ in range(_TRIES):
        try:
            table.write(
                table.delete(mine, "attribute_not_exists(by_them)"),
                table.delete(theirs, "attribute_not_exists(by_me)"),
            )
        except table.ConditionFailed:
            if not _is_left_by_them(mine, theirs):
                continue
        return
    raise Conflict("Both of you change this at once; try again.")


def page(me: str, asked: Paged) -> Page[Person]:
    """By age of membership. Those who block me stand in the partition too: so a page can be short."""
    partition = keys.block(me, "").pk
    after = Key(partition, cursors.unseal(partition, asked.after)) if asked.after else None
    items, last = table.query(
        partition, limit=asked.limit, after=after, only="attribute_exists(by_me)", consistent=True
    )
    people = person.named([item[keys.SK] for item in items])
    return Page(items=people, next=cursors.seal(partition, last.sk) if last else None)


def _is_left_by_them(mine: Key, theirs: Key) -> bool:
    try:
        table.write(
            table.update(mine, "REMOVE by_me", "attribute_exists(by_them)"),
            table.update(theirs, "REMOVE by_them", "attribute_exists(by_me)"),
        )
    except table.ConditionFailed:
        return False
    return True
