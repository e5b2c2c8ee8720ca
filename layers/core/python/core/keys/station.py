"""The Space Station.

Entity        pk                          sk             answers
Works         STATION#<member>            WORKS          what the public highlights of a member add up to
Placed        STATION#<member>            PLACED#<group> where the Space Station finds a member, and by what
Worked        HIGHLIGHT#<highlight>       WORKED         what the works hold of this highlight
Unplaced      HIGHLIGHT#<highlight>       UNPLACED       a member who is not placed by the works yet
Found         FOUND#<facet>#<tier>        <place>        members with a facet of one tier of merit, best first
Facet         FACET#<facet>               COUNTS         how many are found by a facet in each tier
"""

from core.keys.key import Key


def works(member_id: str) -> Key:
    return Key(f"STATION#{member_id}", "WORKS")


def placed(member_id: str, group: str) -> Key:
    return Key(f"STATION#{member_id}", f"PLACED#{group}")


def worked(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "WORKED")


def unplaced(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "UNPLACED")


def found(facet: str, tier: int, place: str) -> Key:
    """`place` begins with the rank, see `merit.rank`."""
    return Key(f"FOUND#{facet}#{tier}", place)


def facet_and_tier(found_pk: str) -> tuple[str, int]:
    facet, _, tier = found_pk.removeprefix("FOUND#").rpartition("#")
    return facet, int(tier)


def found_counts(facet: str) -> Key:
    return Key(f"FACET#{facet}", "COUNTS")
