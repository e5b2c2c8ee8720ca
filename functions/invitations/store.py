"""Invitations in the table: a member has so many places, each free, or with one on its way or over."""

import os
from datetime import datetime, timedelta
from typing import Any

from core import clock, invited, keys, mail, table
from core.clock import new_id
from core.errors import AppError, Conflict, NotFound, TooMany
from core.idempotency import Once
from core.table import Item, Write
from invitations import codes, invitees, limits
from invitations.invitation import Invitation, NewInvitation, is_free, seen

_GOOD_FOR = timedelta(days=30)
_REASON_KEPT = timedelta(days=90)  # so long a code that is no longer good says why
_MOST = 100
_TRIES = 8
_UNREDEEMED = "id = :id AND attribute_not_exists(redeemed_at)"
_FREE = f"{_UNREDEEMED} AND (attribute_exists(revoked_at) OR (expires_at <= :now AND {{over}}))"
_OVER = "(attribute_not_exists(held_until) OR held_until <= :now)"


def places(member_id: str) -> dict[int, Item]:
    """By their numbers; one that was never used, or was swept, is missing."""
    items, _ = table.query(keys.invitation(member_id, 0).pk, limit=_MOST, consistent=True)
    return {int(item[keys.SK]): item for item in items}


def free(found: dict[int, Item], now: datetime) -> list[int]:
    """Those that were never used come first, so that the others can be looked back on."""
    numbers = [n for n in range(int(os.environ["INVITATIONS_EACH"])) if is_free(found.get(n), now)]
    return sorted(numbers, key=lambda number: (number in found, number))


def send(inviter: Item, new: NewInvitation, once: Once, now: datetime) -> Invitation:
    """In the first free place. Another request of the same member may be faster: then in the next one."""
    for _ in range(_TRIES):
        found = places(inviter["id"])
        numbers = free(found, now)
        if not numbers:
            raise Conflict(
                "All your invitations are on their way or redeemed. One comes back when you revoke it, "
                "and when nobody has redeemed it within 30 days."
            )
        item = _item(keys.invitation(inviter["id"], numbers[0]), new, now)
        answer = seen(item, now, {})
        try:
            once.write(*_sent(inviter, item, found.get(numbers[0]), now), answer=answer)
        except table.ConditionFailed:
            continue
        return answer
    raise _contended()


def resend(inviter: Item, invitation_id: str, now: datetime) -> Invitation:
    item = _named(inviter["id"], invitation_id)
    if invited.state(item, now) != "sent" or "email" not in item:
        raise Conflict("Only an invitation that was mailed, and is on its way, can be mailed once more.")
    next_at = datetime.fromisoformat(item["mailed_at"]) + limits.RESENT_AFTER
    if next_at > now:
        raise TooMany("It was mailed within the last day.", headers=_after(next_at - now))
    again = item | {"mails": item["mails"] + 1, "mailed_at": clock.timestamp(now)}
    counted = table.update(
        keys.Key(item[keys.PK], item[keys.SK]),
        "SET mails = :mails, mailed_at = :at",
        f"{_UNREDEEMED} AND attribute_not_exists(revoked_at) AND mails = :seen",
        **{"id": invitation_id, "mails": again["mails"], "at": again["mailed_at"], "seen": item["mails"]},
    )
    try:
        table.write(counted, *_mailed(inviter, again, now, again=True))
    except table.ConditionFailed:
        raise _contended() from None
    return seen(again, now, {})


def revoke(member_id: str, invitation_id: str, now: datetime) -> None:
    item = _named(member_id, invitation_id)
    change = "SET revoked_at = if_not_exists(revoked_at, :at) REMOVE email"
    revoked = table.update(
        keys.Key(item[keys.PK], item[keys.SK]), change, _UNREDEEMED, id=invitation_id, at=clock.timestamp(now)
    )
    try:
        table.write(revoked)
    except table.ConditionFailed as failure:
        if "redeemed_at" in (failure.found[0] or {}):
            raise Conflict("It has been redeemed: somebody has an account by it.") from None
        raise _nowhere() from None


def _named(member_id: str, invitation_id: str) -> Item:
    for item in places(member_id).values():
        if item["id"] == invitation_id:
            return item
    raise _nowhere()


def _item(key: keys.Key, new: NewInvitation, now: datetime) -> Item:
    """It fades with its address when nobody redeems it; the table may be late, so times are looked at too."""
    invitation_id, until = new_id(), now + _GOOD_FOR
    item: Item = key._asdict() | {
        "id": invitation_id,
        "code_digest": invited.digest(codes.code_of(invitation_id)),
        "note": new.note,
        "sent_at": clock.timestamp(now),
        "expires_at": clock.timestamp(until),
        keys.TTL: int(until.timestamp()),
    }
    mailed = {"email": new.email, "mailed_at": item["sent_at"], "mails": 1} if new.email else {}
    return item | mailed


def _sent(inviter: Item, item: Item, former: Item | None, now: datetime) -> list[Write]:
    if former:
        values = {"id": former["id"], "now": clock.timestamp(now)}
        placed = table.put(item, _FREE.format(over=_OVER), **values)
    else:
        placed = table.put(item, "attribute_not_exists(pk)")
    led = keys.invited(item["code_digest"])._asdict() | {
        "inviter_id": inviter["id"],
        "place": int(item[keys.SK]),
        "expires_at": item["expires_at"],
        keys.TTL: item[keys.TTL] + int(_REASON_KEPT.total_seconds()),
    }
    return [placed, table.put(led), *(_mailed(inviter, item, now) if "email" in item else [])]


def _mailed(inviter: Item, item: Item, now: datetime, *, again: bool = False) -> list[Write]:
    """A second mail has another cause; a second try of the same mail has not."""
    values: dict[str, Any] = {
        "inviter": inviter["name"],
        "handle": inviter["handle"],
        "note": item["note"],
        "code": codes.code_of(item["id"]),
        "until": item["expires_at"][:10],
    }
    cause = f"{item['id']} {item['mails']}"
    written = mail.wanted("invitation", item["email"], cause=cause, now=now, **values)
    return [invitees.counted(item["email"], inviter["id"], now, again=again), written]


def _after(wait: timedelta) -> dict[str, str]:
    return {"retry-after": str(int(wait.total_seconds()) + 1)}


def _contended() -> AppError:
    return Conflict("Your invitations are being changed in several places at once; try again.")


def _nowhere() -> AppError:
    return NotFound("None of your invitations has this id.")
