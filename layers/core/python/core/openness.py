"""Who is shown what a member is open to, and so who may ask them for it.

One rule for profiles, the Space Station, contacts and all that is derived from them: contexts cannot import
each other, and a rule of privacy that stood in each of them would come to differ. It takes profiles as they
stand in the table.
"""

from datetime import datetime
from typing import NamedTuple

from core import clock, handles, keys, table, tokens
from core.request import Viewer
from core.table import Item

_MOST_ENDINGS = 4


class Looker(NamedTuple):
    """Who looks. `domains`: digests of what their mail address ends in; None: it is not known."""

    member_id: str | None  # "": some member, whichever
    domains: frozenset[str] | None


def of(profile: Item, viewer: Viewer, now: datetime) -> list[Item]:
    """The openness of this member that this viewer is shown, with at most three reads."""
    if viewer and handles.is_blocked(viewer.id, profile["id"]):
        return []
    return seen_by(profile, looker(viewer), now)


def seen_by(profile: Item, who: Looker, now: datetime) -> list[Item]:
    """The same but for blocks, for who is asked on behalf of somebody else."""
    is_followed = _needs_follow(profile) and _follows(profile["id"], who.member_id)
    return shown(profile, who, is_followed=is_followed, now=now)


def shown(profile: Item, who: Looker, *, is_followed: bool, now: datetime) -> list[Item]:
    """The rule itself. `is_followed`: by the member whose profile this is."""
    if who.member_id == profile["id"]:
        return list(profile.get("open_to", []))
    if is_shielded(profile.get("shield", {}), who):
        return []
    reached = {"everybody"} if who.member_id is None else {"everybody", "members"}
    reached |= {"followed"} if is_followed else set()
    return [
        each
        for each in profile.get("open_to", [])
        if each.get("audience", "everybody") in reached
        and (each.get("expires_at") or "~") > clock.timestamp(now)
    ]


def is_shielded(shield: Item, who: Looker) -> bool:
    """Behind a shield nobody is trusted to be a stranger: not visitors, who could be anybody once they sign
    out, nor, where domains are listed, members whose own is not known.
    """
    domains, members = shield.get("domains", []), shield.get("members", [])
    if not (domains or members):
        return False
    if who.member_id is None or any(each["id"] == who.member_id for each in members):
        return True
    return bool(domains) and (who.domains is None or any(digest(each) in who.domains for each in domains))


def looker(viewer: Viewer) -> Looker:
    if viewer is None:
        return Looker(None, None)
    known = table.get(keys.mail_domains(viewer.id))
    return Looker(viewer.id, frozenset(known["domains"]) if known else None)


def domains_of(address: str) -> list[str]:
    """What shields know somebody by (keys.mail_domains), which does not tell their mail address."""
    return [digest(each) for each in endings(address.rpartition("@")[2])]


def endings(domain: str) -> list[str]:
    """`eu.acme.example` is `acme.example` too."""
    labels = domain.lower().strip(".").split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))][-_MOST_ENDINGS:]


def digest(domain: str) -> str:
    return tokens.digest(f"mail domain {domain}")[:20]


def _needs_follow(profile: Item) -> bool:
    return any(each.get("audience") == "followed" for each in profile.get("open_to", []))


def _follows(member_id: str, other_id: str | None) -> bool:
    return bool(other_id) and table.get(keys.follow(member_id, other_id or "")) is not None
