"""Where a profile is found: at its member's own domain while that is live, else at its handle."""

from core import keys, table


def address_of(member_id: str) -> str:
    """`https://ana.example`, or nothing. A MemberChanged tells of each change."""
    found = table.get(keys.own_address(member_id))
    return f"https://{found['domain']}" if found else ""
