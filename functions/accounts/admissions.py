"""Admissions: who may open an account. One code, one account."""

import hmac
from datetime import datetime
from typing import NamedTuple

from core import clock, invited, keys, table
from core.errors import Conflict, Forbidden
from core.handles import HIDDEN


class Admission(NamedTuple):
    """What a code stands for: the item that is redeemed, an operator's admission or a member's invitation."""

    key: keys.Key
    item: table.Item
    proves_address: bool  # the code came by mail to this very address

    @property
    def former(self) -> str | None:
        """The latest sign-up with it, which did not get to its end, or not yet."""
        return self.item.get("sign_up_id")


def find(address: str, code: str, now: datetime) -> Admission | None:
    """Both kinds are looked up for everybody: an admitted address takes no longer than one that is not."""
    admitted = table.get(keys.admission(invited.digest(address)), consistent=True)
    invitation = invited.find(code, now)
    if admitted and hmac.compare_digest(admitted["code_digest"], invited.digest(code)):
        return _of_operators(admitted, now)
    return _of_member(invitation, address) if invitation else None


def _of_operators(item: table.Item, now: datetime) -> Admission:
    if "redeemed_at" in item:
        raise used()
    if item.get("expires_at", "9") <= clock.timestamp(now):
        raise Forbidden("This admission has expired; its place went to the next one on the waiting list.")
    return Admission(keys.Key(item[keys.PK], item[keys.SK]), item, proves_address=True)


def _of_member(invitation: invited.Invited, address: str) -> Admission:
    match invitation.state:
        case "redeemed":
            raise used()
        case "expired":
            raise Forbidden("This invitation has expired; ask for another one.")
        case "revoked":
            raise revoked()
    inviter = table.get(keys.member(invitation.inviter_id))
    if inviter is None or inviter["visibility"] == HIDDEN:
        raise revoked()
    return Admission(invitation.key, invitation.item, invitation.item.get("email") == address)


def unknown() -> Forbidden:
    return Forbidden("This code does not admit this address.")


def used() -> Conflict:
    return Conflict("This code has been used. Sign in instead.")


def revoked() -> Forbidden:
    return Forbidden("This invitation has been revoked; ask for another one.")
