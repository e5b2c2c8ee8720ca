"""What owners are told of their accounts, so that they hear of what they have not done themselves."""

from datetime import datetime

from core import clock, mail, table


def password_changed(member_id: str, address: str, now: datetime) -> table.Write:
    """A write, to go with the end of the sessions. Each change is a cause of its own."""
    cause = f"{member_id} {clock.timestamp(now)}"
    return mail.wanted("password-changed", address, cause, now, at=f"{now:%Y-%m-%d %H:%M} UTC")
