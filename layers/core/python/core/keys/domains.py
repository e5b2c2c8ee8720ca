"""Domains of members' own.

Entity        pk                          sk             answers
Claim         CLAIM#<member>              CLAIM          which domain a member wants, and how far it is
Held          HELD#<domain>               HELD           whose a proven domain is, and what stands there
Own address   ADDRESS#<member>            ADDRESS        where a profile is found, while its domain is live
Certificate   HELD#<domain>               CERTIFICATE    what has to be deleted with the domain's tenant

Claims and held domains are facts whose changes are news; of an address tells the profile's version. A claim
is in gsi1 too while it has to be looked at again (CLAIMS-DUE, when). A domain is as DNS has it:
`xn--caf-dma.example`.
"""

from core.keys.key import INDEXES, Key


def claim(member_id: str) -> Key:
    return Key(f"CLAIM#{member_id}", "CLAIM")


CLAIMS_DUE = "CLAIMS-DUE"


def claim_due(when: str, member_id: str) -> dict[str, str]:
    """Its place among what has to be looked at again, by when."""
    return dict(zip(INDEXES["gsi1"], (CLAIMS_DUE, f"{when}#{member_id}"), strict=True))


def held(domain: str) -> Key:
    return Key(f"HELD#{domain}", "HELD")


def certificate(domain: str) -> Key:
    return Key(f"HELD#{domain}", "CERTIFICATE")


def own_address(member_id: str) -> Key:
    return Key(f"ADDRESS#{member_id}", "ADDRESS")
