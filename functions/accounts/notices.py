"""What owners are told of their accounts, so that they hear of what they have not done themselves."""

from datetime import datetime

from accounts import providers
from core import clock, mail, table


def password_changed(member_id: str, address: str, now: datetime) -> table.Write:
    """A write, to go with the end of the sessions. Each change is a cause of its own."""
    cause = f"{member_id} {clock.timestamp(now)}"
    return mail.wanted("password-changed", address, cause, now, at=f"{now:%Y-%m-%d %H:%M} UTC")


def ways_in_changed(
    member_id: str, address: str, provider: str, now: datetime, *, linked: bool
) -> table.Write:
    name = next((each.name for each in providers.offered() if each.id == provider), provider)
    cause = f"{member_id} {provider} {clock.timestamp(now)}"
    at = f"{now:%Y-%m-%d %H:%M} UTC"
    return mail.wanted(
        "identity-linked" if linked else "identity-unlinked", address, cause, now, provider=name, at=at
    )
