"""A member's mail address: it changes once who asks for it has read what was mailed to the new one.

Whether the new address is somebody else's already is not told before that, and then to its owner alone.
"""

import hmac
import os
from datetime import datetime

from accounts import cognito
from core import invited, keys, mail, openness, table, tokens, user_pool
from core.errors import Conflict, Forbidden, field

_SECONDS = 3600


def ask(member_id: str, address: str, now: datetime) -> None:
    """The code is mailed, whoever has the address; what was asked for before is no longer good."""
    old = user_pool.address_of(member_id)
    if address == old:
        raise field("email", "is your address already")
    code = f"{int.from_bytes(os.urandom(8)) % 1_000_000:06}"
    asked = {"email": address, "old": old, "digest": _digest(member_id, address, code)}
    until = int(now.timestamp()) + _SECONDS
    item = keys.email_change(member_id)._asdict() | asked | {keys.TTL: until}
    cause = f"{member_id} {until} {item['digest']}"
    table.write(table.put(item), mail.wanted("email-change", address, cause, now, code=code))


def change(member_id: str, code: str, now: datetime) -> None:
    """The user comes first. Where something fails after that, the same code goes on from there."""
    key = keys.email_change(member_id)
    item = table.get(key, consistent=True)
    if item is None or item[keys.TTL] < now.timestamp():
        raise _wrong()
    if not hmac.compare_digest(item["digest"], _digest(member_id, item["email"], code)):
        raise _wrong()
    if cognito.holder(item["email"]) not in (None, member_id):
        raise Conflict("This address is that of another account.")
    cognito.change_address(member_id, item["email"])
    known = keys.mail_domains(member_id)._asdict() | {"domains": openness.domains_of(item["email"])}
    notice = mail.wanted(
        "email-changed", item["old"], f"{member_id} {item['digest']}", now, new=item["email"]
    )
    forgotten = table.delete(keys.admission(invited.digest(item["old"])))
    table.write(table.delete(key), table.put(known), notice, forgotten)


def _digest(member_id: str, address: str, code: str) -> str:
    return tokens.digest(f"email change\0{member_id}\0{address}\0{code}")


def _wrong() -> Forbidden:
    return Forbidden("This code is not, or no longer, good. Ask for a new one.")
