"""Whom members are at providers. Each such identity leads to one member, who has one with each provider.

All ways in of a member that are not the plain one, a password, stand in one item: so that of two requests at
once that take away the last two, one is refused.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from accounts.authorizations import Proven
from accounts.providers import Provider
from core import clock, keys, table, tokens
from core.errors import Conflict, NotFound
from core.shapes import Shape
from core.table import Item, Write

_NONE: Item = {"identities": {}, "password": True, "version": 0}


class Identity(Shape):
    provider: str
    linked_at: str


def digest(provider: Provider, subject: str) -> str:
    """Keyed: nobody comes from the table to an account elsewhere."""
    return tokens.digest(f"identity\0{provider.issuer}\0{subject}")


def member_of(identity: str) -> str | None:
    item = table.get(keys.identity(identity), consistent=True)
    return str(item["member_id"]) if item else None


def of_member(member_id: str) -> list[Identity]:
    linked = _ways(member_id)["identities"]
    return [Identity(provider=name, linked_at=each["linked_at"]) for name, each in sorted(linked.items())]


def link(member_id: str, proven: Proven, now: datetime) -> list[Write]:
    """The first fails where the identity is another member's, the second where the member's ways changed."""
    ways = _ways(member_id)
    if proven.provider in ways["identities"]:
        raise Conflict("You have linked an account there already. Unlink that one first.")
    linked = ways["identities"] | _linked(proven.provider, proven.identity, now)
    return [_owned(member_id, proven.provider, proven.identity), _changed(member_id, ways, linked)]


def opened(member_id: str, provider: str, identity: str, now: datetime) -> list[Write]:
    """Of an account that is opened by a provider, and has no password that anybody knows."""
    linked = _linked(provider, identity, now)
    return [
        _owned(member_id, provider, identity),
        _changed(member_id, _NONE | {"password": False}, linked),
    ]


def unlink(member_id: str, provider: str) -> list[Write]:
    ways = _ways(member_id)
    linked: dict[str, Any] = dict(ways["identities"])
    if (gone := linked.pop(provider, None)) is None:
        raise NotFound("You have linked no account there.")
    if not linked and not ways["password"]:
        raise Conflict("It is your only way in. Set a password first, as if you had forgotten yours.")
    ours = table.delete(keys.identity(gone["digest"]), "member_id = :id", id=member_id)
    return [ours, _changed(member_id, ways, linked)]


def note_password(member_id: str) -> None:
    """From now on they have one."""
    change = "SET password = :yes ADD version :one"
    with suppress(table.ConditionFailed):  # there are no other ways to be noted beside
        table.write(table.update(keys.ways_in(member_id), change, "attribute_exists(pk)", yes=True, one=1))


def forget(member_id: str) -> None:
    """Of who has left: their account elsewhere can open another one here."""
    linked = _ways(member_id)["identities"].values()
    table.write_many([], [keys.identity(each["digest"]) for each in linked])


def others() -> Conflict:
    return Conflict("This account there is linked with a member here already.")


def _ways(member_id: str) -> Item:
    return table.get(keys.ways_in(member_id), consistent=True) or _NONE


def _linked(provider: str, identity: str, now: datetime) -> Item:
    return {provider: {"digest": identity, "linked_at": clock.timestamp(now)}}


def _owned(member_id: str, provider: str, identity: str) -> Write:
    item = keys.identity(identity)._asdict() | {"member_id": member_id, "provider": provider}
    return table.put(item, "attribute_not_exists(pk)")


def _changed(member_id: str, ways: Item, linked: Item) -> Write:
    item = {"identities": linked, "password": ways["password"], "version": ways["version"] + 1}
    seen = "version = :seen" if ways["version"] else "attribute_not_exists(pk)"
    values = {"seen": ways["version"]} if ways["version"] else {}
    return table.put(keys.ways_in(member_id)._asdict() | item, seen, **values)
