"""The one clock, so that handlers get the time as an argument and tests set it."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def timestamp(when: datetime) -> str:
    """RFC 3339, UTC, milliseconds: `2026-11-23T09:48:12.123Z`; sorts as text."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
