"""What pages show, read from the facts, consistently: what everybody may see, and nothing else.

All that is rendered comes through here. The index of public entries would be cheaper, but it follows the
table with a delay, and an event comes once: a page made too early would stay so.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import NamedTuple

from core import keys, table
from core.keys import SK, Key
from core.table import Item

_AT_ONCE = 100
_PUBLIC = "#visibility = :public OR attribute_exists(#shared)"


class Shown(NamedTuple):
    """A highlight that everybody may see, and the profile of who has written it."""

    fact: Item
    author: Item


def member(member_id: str) -> Item | None:
    """None: not there, or not for everybody. With its own `domain`, where that is live."""
    found = _public(table.get(keys.member(member_id), consistent=True))
    return found | _domains([member_id]).get(member_id, {}) if found else None


def highlights(ids: Iterable[str]) -> dict[str, Shown]:
    """Those of them that everybody may see, by id."""
    facts = _items(map(keys.highlight, ids))
    public = {item["id"]: item for item in facts if _public(item)}
    members = {each["member_id"] for each in public.values()}
    found = {item["id"]: item for item in _items(map(keys.member, members))}
    domains = _domains(members)
    authors = {name: item | domains.get(name, {}) for name, item in found.items()}
    return {
        name: Shown(fact, author)
        for name, fact in public.items()
        if (author := _public(authors.get(fact["member_id"])))
    }


def entries(
    author: Item, facet: str, between: tuple[str, str] | None = None, most: int | None = None
) -> list[Shown]:
    """Newest first, what this member has to show in this list; at most so many."""
    found: list[Shown] = []
    for some in _pages(keys.entry(author["id"], facet, "", "").pk, between):
        shared = highlights(each["id"] for each in some if "shared" in each)
        for each in some:
            if "shared" not in each:
                found.append(Shown(each, author))
            elif (other := shared.get(each["id"])) and _took_part(other.fact, author["id"], each[SK]):
                found.append(other)
        if most and len(found) >= most:
            return found[:most]
    return found


def own_ids(member_id: str) -> Iterator[list[str]]:
    """All highlights of a member, whoever may see them, in hundreds."""
    after: Key | None = None
    pk = keys.entry(member_id, "all", "", "").pk
    while True:
        some, after = table.query(pk, limit=_AT_ONCE, after=after, consistent=True)
        yield [each["id"] for each in some if "shared" not in each]
        if after is None:
            return


def _domains(members: Iterable[str]) -> dict[str, Item]:
    return {item["id"]: {"domain": item["domain"]} for item in _items(map(keys.own_address, members))}


def _pages(pk: str, between: tuple[str, str] | None) -> Iterator[list[Item]]:
    after: Key | None = None
    while True:
        some, after = table.query(
            pk,
            between,
            limit=_AT_ONCE,
            newest_first=True,
            after=after,
            consistent=True,
            only=_PUBLIC,
            public="public",
        )
        yield some
        if after is None:
            return


def _took_part(fact: Item, member_id: str, sk: str) -> bool:
    """An entry on a collaborator's timeline may still stand where it stood before."""
    confirmed = any(
        each["state"] == "confirmed" and each.get("member_id") == member_id for each in fact["collaborators"]
    )
    return confirmed and sk[:4] == fact["start"][:4]


def _public(item: Item | None) -> Item | None:
    return item if item and item["visibility"] == "public" else None


def _items(wanted: Iterable[Key]) -> list[Item]:
    return [
        item
        for some in batched(dict.fromkeys(wanted), _AT_ONCE, strict=False)
        for item in table.get_many(some, consistent=True)
    ]
