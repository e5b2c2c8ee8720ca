"""How many invitations an address gets: one of each inviter, unless they send it again, and few in all.

Both are kept as keyed digests only, for as long as it counts, so that nothing is left of who leaves.
"""

from datetime import datetime, timedelta

from core import keys, table, tokens
from core.errors import Conflict, TooMany
from core.table import Write
from invitations import limits


def counted(address: str, inviter_id: str, now: datetime, *, again: bool) -> Write:
    """One more mail to this address, for the transaction that wants it: it fails where another was faster."""
    key = keys.invitee(tokens.digest(address))
    found = table.get(key, consistent=True)
    at, inviter = int(now.timestamp()), tokens.digest(inviter_id)
    since = at - int(limits.MAILS_WITHIN.total_seconds())
    recent = [each for each in (found or {}).get("mails", []) if each["at"] > since]
    if not again and any(each["by"] == inviter for each in recent):
        raise Conflict("You have invited this address within the last 30 days.")
    if len(recent) >= limits.MAILS:
        wait = timedelta(seconds=recent[-limits.MAILS]["at"] - since)
        raise TooMany(
            "This address has been sent enough invitations for now.",
            headers={"retry-after": str(max(1, int(wait.total_seconds())))},
        )
    values = {"mails": [*recent, {"by": inviter, "at": at}], "until": at + (at - since)}
    change = "SET mails = :mails, #ttl = :until ADD tries :one"
    if found is None:
        return table.update(key, change, "attribute_not_exists(pk)", **values, one=1)
    return table.update(key, change, "tries = :seen", **values, one=1, seen=found["tries"])
