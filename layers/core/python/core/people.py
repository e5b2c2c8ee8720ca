"""Members as they are named beside what they did: as they are now, and only to who may know."""

from collections.abc import Iterable
from itertools import batched
from typing import NamedTuple

from core import keys, table
from core.handles import HIDDEN
from core.keys import Key
from core.request import Viewer
from core.shapes import Id, Shape
from core.table import Item

_AT_ONCE = 100


class Who(Shape):
    """Somebody who has left has no id and no handle any more."""

    id: Id | None
    handle: str | None
    name: str
    headline: str = ""


FORMER = Who(id=None, handle=None, name="Former member")


class Seen(NamedTuple):
    """`also`: the other items that were read on the way."""

    profiles: dict[str, Item]
    blocked: set[str]
    also: dict[Key, Item]

    def who(self, member_id: str) -> Who:
        """Of somebody whose dealings with the viewer stay, whatever has come between them."""
        found = self.profiles.get(member_id)
        return who(found) if found else FORMER

    def is_cut(self, member_id: str) -> bool:
        """Whether the viewer and they cannot reach each other: one has blocked the other, or has left."""
        return member_id in self.blocked or member_id not in self.profiles

    def known(self, member_id: str, viewer: Viewer) -> Who | None:
        """None: not there, or not for this viewer to know of."""
        found = self.profiles.get(member_id)
        if found is None or member_id in self.blocked or (viewer is None and found["visibility"] != "public"):
            return None
        return who(found)


def look(ids: Iterable[str], viewer: Viewer, also: Iterable[Key] = ()) -> Seen:
    """One call for every hundred items: profiles, and blocks between the viewer and them, either way."""
    people = dict.fromkeys(ids)
    blocks = [keys.block(viewer.id, each) for each in people if each != viewer.id] if viewer else []
    wanted = dict.fromkeys([*map(keys.member, people), *blocks, *also])
    items = [item for some in batched(wanted, _AT_ONCE, strict=False) for item in table.get_many(some)]
    found = {Key(item[keys.PK], item[keys.SK]): item for item in items}
    profiles = {
        item["id"]: item for key in map(keys.member, people) if (item := found.get(key)) and _is_there(item)
    }
    blocked = {each.sk for each in blocks if each in found}
    return Seen(profiles, blocked, found)


def _is_there(profile: Item) -> bool:
    """Whoever is leaving, or is shut out, has left for everybody else."""
    return bool(profile["visibility"] != HIDDEN)


def who(profile: Item) -> Who:
    return Who(**{name: profile.get(name, "") for name in Who.model_fields})
