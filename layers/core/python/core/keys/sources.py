"""What comes from outside onto timelines, and where from.

Entity        pk                          sk             answers
Arrival       ARRIVAL#<member>#<digest>   ARRIVAL        what came from outside for a timeline: a fact
Taken         ARRIVAL#<member>#<digest>   TAKEN          the highlight that was made of it, and of what

An arrival is in gsi2 by whom it came for (ARRIVALS#<member>, <digest>).
"""

from core.keys.key import INDEXES, Key


def arrival(member_id: str, digest: str) -> Key:
    return Key(f"ARRIVAL#{member_id}#{digest}", "ARRIVAL")


def taken(member_id: str, digest: str) -> Key:
    return Key(f"ARRIVAL#{member_id}#{digest}", "TAKEN")


def arrivals_of(member_id: str, digest: str = "") -> dict[str, str]:
    """Its place among all that came for a member."""
    return dict(zip(INDEXES["gsi2"], (f"ARRIVALS#{member_id}", digest), strict=True))
