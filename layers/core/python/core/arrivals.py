"""What came from outside for a member's timeline: stories of feeds, rows of archives, posts to an inbox.

Each is a fact of its own, by what it is called where it comes from (its identity), so that the same story by
feed, by archive and twice over is one. `wanted` holds the fields of a highlight as the origin gives them; the
timeline follows it (timeline/take_arrival.py), and never over what the member has edited. It stands in core
because several contexts write arrivals, and none of them may know the timeline.

An arrival stays for as long as anybody holds it: a source, an import, or its member.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from core import clock, keys, table
from core.keys import Key
from core.table import Item, Write

HELD_BY = "by_"
BY_MEMBER = "member"

_TRIES = 8


class Contended(Exception):
    """It kept changing; whoever asked comes again."""


def digest(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def arrived(member_id: str, identity: str, holder: str, wanted: dict[str, Any]) -> Write:
    """To be written where the content is another than `holder` wrote last: each write is news.

    `wanted`: kind, title, start and what else a highlight may have (end, ongoing, text as Markdown, links,
    tags, badges, visibility); `picture`: {"url", "alt"}, on its host (sources/fetch_picture.py takes it in);
    `history`: it was there before, and is no news for anybody.
    `holder`: a word, such as source_01M8…; versions never come again, also when it is gone and back.
    """
    about = {"id": f"{member_id}#{digest(identity)}", "member_id": member_id, "identity": identity}
    values: dict[str, Any] = about | {"wanted": wanted, HELD_BY + holder: True}
    values |= keys.arrivals_of(member_id, digest(identity))
    change = ", ".join(f"#{name} = :{name}" for name in values)
    began, version = int(clock.now().timestamp() * 1000), "if_not_exists(version, :began) + :one"
    key = keys.arrival(member_id, digest(identity))
    return table.update(key, f"SET {change}, version = {version}", **values, began=began, one=1)


def pictured(item: Item, media_id: str | None) -> Write:
    """That this arrival's picture has become this media of its member; None: there is none to be had."""
    picture = {"url": item["wanted"]["picture"]["url"]} | ({"id": media_id} if media_id else {})
    seen = item["version"]
    change = "SET picture = :picture, version = :next"
    return table.update(_key(item), change, "version = :seen", picture=picture, seen=seen, next=seen + 1)


def let_go(member_id: str, digest: str, holder: str) -> None:
    """By this holder. Held by nobody it is gone, and its highlight with it where it was not edited."""
    _change(keys.arrival(member_id, digest), lambda item: _released(item, holder))


def keep(member_id: str, digest: str, holder: str) -> None:
    """The member holds it from now on, in place of this holder: for good."""
    _change(keys.arrival(member_id, digest), lambda item: _kept(item, holder))


def _released(item: Item, holder: str) -> Write | None:
    if HELD_BY + holder not in item:
        return None
    key, seen = _key(item), item["version"]
    if [name for name in item if name.startswith(HELD_BY)] == [HELD_BY + holder]:
        return table.delete(key, "version = :seen", seen=seen)
    change = f"SET version = :next REMOVE #{HELD_BY}{holder}"
    return table.update(key, change, "version = :seen", seen=seen, next=seen + 1)


def _kept(item: Item, holder: str) -> Write | None:
    if HELD_BY + holder not in item:
        return None
    change = f"SET version = :next, #{HELD_BY}{BY_MEMBER} = :yes REMOVE #{HELD_BY}{holder}"
    seen = item["version"]
    return table.update(_key(item), change, "version = :seen", seen=seen, next=seen + 1, yes=True)


def _change(key: Key, write: Callable[[Item], Write | None]) -> None:
    for _ in range(_TRIES):
        item = table.get(key, consistent=True)
        wanted = write(item) if item else None
        if wanted is None:
            return
        try:
            table.write(wanted)
        except table.ConditionFailed:
            continue
        return
    raise Contended(key.pk)


def _key(item: Item) -> Key:
    return Key(item[keys.PK], item[keys.SK])
