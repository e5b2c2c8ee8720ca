"""A claim as its member sees it: how far it is, and the records to set, one by one."""

import os
from typing import Literal

from core.shapes import Shape
from domains.claim import PROOF, Claim, Look, State

_TTL = 300


class Record(Shape):
    """`host` is the name as most DNS hosts ask for it: relative to the domain that one has there."""

    purpose: Literal["proof", "target"]
    type: str
    name: str
    host: str
    value: str
    ttl: int = _TTL
    state: Look
    note: str


class Domain(Shape):
    """One's own domain. `checking`: it is just being looked at, so ask again in a few seconds."""

    name: str
    shown: str
    state: State
    reason: str
    address: str | None = None
    records: list[Record]
    note: str
    checking: bool
    claimed_at: str
    checked_at: str | None = None
    next_check_at: str | None = None
    proved_at: str | None = None
    released_at: str | None = None
    version: int


def domain(claim: Claim) -> Domain:
    return Domain(
        name=claim.name,
        shown=claim.shown,
        state=claim.state,
        reason=claim.reason,
        address=f"https://{claim.name}" if claim.is_live else None,
        records=[_proof(claim), _target(claim)],
        note=_note(claim),
        checking=claim.asked != claim.answered,
        claimed_at=claim.claimed_at,
        checked_at=claim.checked_at,
        next_check_at=claim.due_at,
        proved_at=claim.proved_at,
        released_at=claim.ends_at,
        version=claim.version,
    )


def _proof(claim: Claim) -> Record:
    name = f"{PROOF}.{claim.name}"
    return Record(
        purpose="proof",
        type="TXT",
        name=name,
        host=_host(name, claim),
        value=claim.value,
        state=claim.proof,
        note="It proves that the domain is yours. Leave it there: it is looked for each day.",
    )


def _target(claim: Claim) -> Record:
    note = "It leads visitors of this one name to your profile."
    if claim.is_apex:
        note = (
            "A CNAME cannot stand at the top of a domain: take what your DNS host offers in its place, "
            "called ALIAS, ANAME or CNAME flattening. If it has none of them, use www or another subdomain."
        )
    return Record(
        purpose="target",
        type="ALIAS" if claim.is_apex else "CNAME",
        name=claim.name,
        host=_host(claim.name, claim),
        value=os.environ["DOMAINS_TARGET"],
        state=claim.target,
        note=note,
    )


def _host(name: str, claim: Claim) -> str:
    return name.removesuffix(claim.registered).rstrip(".") or "@"


def _note(claim: Claim) -> str:
    if claim.is_apex:
        return (
            f"{claim.shown} itself will lead to your profile, in the place of what is there now. If that is "
            "your main site, give your profile a subdomain, and it stays untouched. Mail is not concerned."
        )
    return (
        f"Only these two records are added. Your main site at {claim.registered}, your mail and all other "
        "records stay untouched."
    )
