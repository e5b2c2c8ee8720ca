"""Claims, and the domains that were proven, in the table."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from core import clock, keys, table
from core.table import Item, Write
from domains.claim import Claim, Profile

_OURS_OR_NOBODYS = "attribute_not_exists(pk) OR member_id = :me"


class Held(NamedTuple):
    """A proven domain, and what is to be served there.

    `ready`: its DNS leads to us, so that a certificate can be had. `looks`: moved on to have the edge gone
    through once more. `in_use`: somebody else's CloudFront serves it.
    """

    name: str
    version: int
    member_id: str
    handle: str
    visible: bool
    ready: bool
    looks: int = 0
    in_use: bool = False

    def changed(self, **changes: object) -> "Held":
        """Itself where nothing is different."""
        new = self._replace(**changes)  # type: ignore[arg-type]
        return self if new == self else new._replace(version=self.version + 1)

    @property
    def item(self) -> Item:
        return keys.held(self.name)._asdict() | self._asdict() | {"id": self.name}


class Overtaken(Exception):
    """Something changed between reading and writing: to be read anew."""


def claim_of(member_id: str) -> Claim | None:
    return _claim(table.get(keys.claim(member_id), consistent=True))


def held(name: str) -> Held | None:
    item = table.get(keys.held(name), consistent=True)
    return Held(**{field: item[field] for field in Held._fields}) if item else None


def profile_of(member_id: str) -> Profile:
    item = table.get(keys.member(member_id), consistent=True)
    if item is None:
        return Profile("", is_public=False)
    return Profile(item["handle"], is_public=item["visibility"] == "public")


def replace(old: Claim | None, new: Claim) -> None:
    """For its member: another domain in the place of the former. Raises Overtaken."""
    unchanged = {"seen": old.version} if old else {}
    condition = "version = :seen" if old else "attribute_not_exists(pk)"
    try:
        table.write(table.put(_item(new), condition, **unchanged), *_let_go(old))
    except table.ConditionFailed:
        raise Overtaken(new.id) from None


def give_up(claim: Claim) -> None:
    """Raises Overtaken."""
    gone = table.delete(keys.claim(claim.id), "version = :seen", seen=claim.version)
    try:
        table.write(gone, *_let_go(claim))
    except table.ConditionFailed:
        raise Overtaken(claim.id) from None


def settle(old: Claim, new: Claim, before: Held | None, after: Held | None, mails: list[Write]) -> None:
    """What a look came to, all of it or nothing. Raises Overtaken."""
    writes = [table.put(_item(new), "version = :seen", seen=old.version)]
    if after != before:
        writes += [_holding(before, after)] if after else [_given_up(old)]
    if old.is_live != new.is_live:
        writes += _moved(new)
    try:
        table.write(*writes, *mails)
    except table.ConditionFailed:
        raise Overtaken(old.id) from None


def ask(member_id: str, name: str) -> None:
    """For one more look, now, if it still is the member's claim. One look too many does no harm."""
    change, condition = "ADD asked :one, version :one", "attribute_exists(pk) AND #name = :name"
    with suppress(table.ConditionFailed):
        table.write(table.update(keys.claim(member_id), change, condition, one=1, name=name))


def serve(before: Held, after: Held) -> None:
    """Something else at a domain from now on. Raises Overtaken."""
    try:
        table.write(_holding(before, after))
    except table.ConditionFailed:
        raise Overtaken(before.name) from None


def due(now: datetime, limit: int) -> list[Claim]:
    """Whose time has come to be looked at."""
    items, _ = table.query(keys.CLAIMS_DUE, ("0", clock.timestamp(now)), index="gsi1", limit=limit)
    return [found for item in items if (found := _claim(item))]


def erase(member_id: str) -> None:
    """Of who has left, and whose profile is gone or goes: nobody else has to hear of it."""
    if claim := claim_of(member_id):
        gone = table.delete(keys.claim(member_id), "version = :seen", seen=claim.version)
        table.write(gone, *([_given_up(claim)] if claim.holds else []))
    table.write(table.delete(keys.own_address(member_id)))


def _holding(before: Held | None, after: Held) -> Write:
    if before is None:
        return table.put(after.item, "attribute_not_exists(pk)")
    return table.put(after.item, "version = :seen", seen=before.version)


def _let_go(claim: Claim | None) -> list[Write]:
    """Of a claim that goes: the domain, and the address."""
    if claim is None or not claim.holds:
        return []
    return [_given_up(claim), *(_gone(claim) if claim.is_live else [])]


def _given_up(claim: Claim) -> Write:
    return table.delete(keys.held(claim.name), _OURS_OR_NOBODYS, me=claim.id)


def _moved(claim: Claim) -> list[Write]:
    if not claim.is_live:
        return _gone(claim)
    address = keys.own_address(claim.id)._asdict() | {"id": claim.id, "domain": claim.name}
    return [table.put(address), _told(claim)]


def _gone(claim: Claim) -> list[Write]:
    return [table.delete(keys.own_address(claim.id)), _told(claim)]


def _told(claim: Claim) -> Write:
    """Where the profile is found is news of the profile, for all that show it (pages, feeds)."""
    return table.update(keys.member(claim.id), "ADD version :one", "attribute_exists(pk)", one=1)


def _item(claim: Claim) -> Item:
    place = keys.claim_due(claim.due_at, claim.id) if claim.due_at else {}
    return claim.model_dump() | keys.claim(claim.id)._asdict() | place


def _claim(item: Item | None) -> Claim | None:
    return Claim.model_validate({n: v for n, v in item.items() if n in Claim.model_fields}) if item else None
