"""Follows: one item each, with its places in the lists of both."""

from datetime import datetime
from typing import Literal

from core import clock, cursors, keys, table
from core.errors import Conflict, NotFound
from core.keys import INDEXES, Key
from core.request import Viewer
from core.shapes import Page, Paged
from core.table import Item
from network import person
from network.person import Person

type List = Literal["followers", "following"]


def follow(me: str, them: str, now: datetime) -> None:
    """Of a block and a follow at once the block wins, whichever comes first."""
    if me == them:
        raise Conflict("You cannot follow yourself.")
    try:
        table.write(
            table.check(keys.block(me, them), "attribute_not_exists(pk)"),
            table.put(_item(me, them, clock.timestamp(now)), "attribute_not_exists(pk)"),
        )
    except table.ConditionFailed as failure:
        if 0 in failure.found:
            raise NotFound("Nobody here has this handle.") from None


def unfollow(me: str, them: str) -> None:
    table.write(table.delete(keys.follow(me, them)))


def page(of: str, which: List, viewer: Viewer, asked: Paged) -> Page[Person]:
    """Newest first. Whom this viewer may not know of is left out, so a page can be short."""
    position = cursors.unseal(f"{which} {of}", asked.after) if asked.after else None
    items, last = _read(of, which, asked.limit, position)
    people = [item["member_id" if which == "followers" else "followed_id"] for item in items]
    more = f"{items[-1]['at']}#{people[-1]}" if last else None
    return Page(items=person.seen(people, viewer), next=cursors.seal(f"{which} {of}", more) if more else None)


def _read(of: str, which: List, limit: int, position: str | None) -> tuple[list[Item], Key | None]:
    pk, start, own = _place(of, which, "", "").pk, _start(of, which, position), _own(of, which, position)
    if which == "followers":
        return table.query(pk, index="gsi1", limit=limit, newest_first=True, after=start, item=own)
    return table.query(pk, index="gsi2", limit=limit, newest_first=True, after=start, item=own)


def _start(of: str, which: List, position: str | None) -> Key | None:
    return _place(of, which, *position.split("#")) if position else None


def _own(of: str, which: List, position: str | None) -> Key | None:
    if position is None:
        return None
    other = position.partition("#")[2]
    return keys.follow(other, of) if which == "followers" else keys.follow(of, other)


def _place(of: str, which: List, when: str, other: str) -> Key:
    return keys.followers(of, when, other) if which == "followers" else keys.following(of, when, other)


def _item(me: str, them: str, at: str) -> Item:
    fact = {"id": f"{me}#{them}", "version": 1, "member_id": me, "followed_id": them, "at": at}
    listed = zip(INDEXES.values(), (keys.followers(them, at, me), keys.following(me, at, them)), strict=True)
    places = {name: value for names, place in listed for name, value in zip(names, place, strict=True)}
    return keys.follow(me, them)._asdict() | places | fact
