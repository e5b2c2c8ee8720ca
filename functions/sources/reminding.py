"""That a consent ends soon: its member alone can renew it, and is told once by mail."""

from contextlib import suppress
from datetime import datetime, timedelta

from core import clock, keys, mail, table, user_pool
from core.table import Item

_BEFORE = timedelta(days=10)


def remind(fact: Item, poll: Item, now: datetime) -> None:
    """What is noted with the mail is which consent it is of: the next one ends another day."""
    until = poll.get("token_until")
    if until is None or poll.get("reminded") == until or fact["state"] == "stopped":
        return
    if not clock.timestamp(now) < until <= clock.timestamp(now + _BEFORE):
        return
    noted = table.update(
        keys.poll(fact["id"]),
        "SET reminded = :until",
        "token_until = :until AND (attribute_not_exists(reminded) OR reminded <> :until)",
        until=until,
    )
    to = user_pool.address_of(fact["member_id"])
    mails = (
        [mail.wanted("linkedin-expiring", to, f"{fact['id']} {until}", now, until=until[:10])] if to else []
    )
    with suppress(table.ConditionFailed):  # told already, or connected anew
        table.write(noted, *mails)
