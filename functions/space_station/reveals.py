"""To whom a member has shown who they are, having been found blind."""

from core import cursors, keys, table
from core.handles import HIDDEN
from core.shapes import Id, Page, Paged, Shape
from core.table import Item


class Reveal(Shape):
    """Whoever is gone by now has no handle and no name any more."""

    member_id: Id
    handle: str | None
    name: str | None
    at: str


def page(member_id: str, asked: Paged) -> Page[Reveal]:
    scope = f"reveals {member_id}"
    position = cursors.unseal(scope, asked.after) if asked.after else None
    items, last = table.query(
        keys.reveals(member_id, "", "").pk,
        index="gsi2",
        limit=asked.limit,
        newest_first=True,
        after=keys.reveals(member_id, *position.split("#")) if position else None,
        item=keys.reveal(member_id, position.partition("#")[2]) if position else None,
    )
    more = f"{items[-1]['at']}#{items[-1]['to']}" if last else None
    return Page(items=_named(items), next=cursors.seal(scope, more) if more else None)


def _named(items: list[Item]) -> list[Reveal]:
    found = table.get_many(keys.member(item["to"]) for item in items)
    profiles = {each["id"]: each for each in found if each["visibility"] != HIDDEN}
    return [_reveal(item, profiles.get(item["to"], {})) for item in items]


def _reveal(item: Item, profile: Item) -> Reveal:
    named = {name: profile.get(name) for name in ("handle", "name")}
    return Reveal(member_id=item["to"], at=item["at"], **named)
