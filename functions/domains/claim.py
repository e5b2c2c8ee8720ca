"""A member's claim to a domain: what was seen of it, and how far that brings it. Nothing here is asked."""

from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, Self

from core import clock
from core.shapes import Id, Shape

type State = Literal[
    "missing",
    "wrong_target",
    "caa",
    "in_use",
    "certificate_pending",
    "live",
    "proof_lost",
    "hidden",
    "taken",
    "released",
]
type Look = Literal["found", "missing", "wrong", "unknown"]

GRACE = timedelta(days=7)  # for a proof that disappeared
_SILENCE = timedelta(days=3)  # without any answer, until that counts as a lost proof

PROOF = "_polyfolio"  # in front of the domain, where the TXT record stands


class Seen(NamedTuple):
    """What DNS says. `pointed_at`: where the name leads instead; `caa`: who alone may certify it."""

    proof: Look
    target: Look
    pointed_at: tuple[str, ...] = ()
    caa: tuple[str, ...] = ()


class Tenant(NamedTuple):
    """What the edge has for the domain. `certificate`: as CloudFront says it, such as pending-validation."""

    is_active: bool
    certificate: str = ""


class Profile(NamedTuple):
    handle: str
    is_public: bool


class Claim(Shape):
    """`asked` counts the looks that were asked for, `answered` says which of them was the last one done."""

    id: Id
    version: int = 1
    name: str
    shown: str
    registered: str
    token: str
    state: State = "missing"
    reason: str = "Your records have not been looked for yet."
    proof: Look = "unknown"
    target: Look = "unknown"
    claimed_at: str
    asked: int = 1
    answered: int = 0
    checked_at: str | None = None
    proved_at: str | None = None
    lost_at: str | None = None
    due_at: str | None = None

    @property
    def is_apex(self) -> bool:
        return self.name == self.registered

    @property
    def value(self) -> str:
        """Of the TXT record."""
        return f"polyfolio={self.token}"

    @property
    def holds(self) -> bool:
        """Whether the domain is proven to be this member's."""
        return self.proved_at is not None and self.state not in ("taken", "released")

    @property
    def is_live(self) -> bool:
        """Whether the domain is where the profile is found. It stays so while a lost proof is waited for."""
        return self.state in ("live", "proof_lost")

    @property
    def ends_at(self) -> str | None:
        return clock.timestamp(_moment(self.lost_at) + GRACE) if self.lost_at else None

    def moved(self, **changes: Any) -> Self:
        return type(self).model_validate(self.model_dump() | changes)

    def looked_at(self, seen: Seen, now: datetime) -> Self:
        """With what was seen of its proof; what follows of that says `judged`."""
        stamp = clock.timestamp(now)
        changes: dict[str, Any] = {"proof": seen.proof, "target": seen.target, "checked_at": stamp}
        if seen.proof == "found":
            again = {"state": "missing"} if self.state in ("taken", "released") else {}
            changes |= {"proved_at": stamp, "lost_at": None} | again
        elif self.holds and (seen.proof != "unknown" or now - _moment(self.proved_at) > _SILENCE):
            changes["lost_at"] = self.lost_at or stamp
        return self.moved(answered=self.asked, version=self.version + 1, **changes)

    def judged(
        self, seen: Seen, tenant: Tenant | None, profile: Profile, in_use: bool, now: datetime
    ) -> Self:
        state, reason = self._judgement(seen, tenant, profile, in_use, now)
        given_up = {"proved_at": None, "lost_at": None} if state == "released" else {}
        new = self.moved(state=state, reason=reason, **given_up)
        return new.moved(due_at=_due(new, now))

    def taken(self) -> Self:
        why = "Another member has proven that this domain is theirs."
        return self.moved(state="taken", reason=why, proved_at=None, lost_at=None, due_at=None)

    def _judgement(
        self, seen: Seen, tenant: Tenant | None, profile: Profile, in_use: bool, now: datetime
    ) -> tuple[State, str]:
        if not self.holds:
            return "missing", _NOT_PROVEN[seen.proof].format(place=f"{PROOF}.{self.name}")
        if self.lost_at and now >= _moment(self.lost_at) + GRACE:
            return "released", "The TXT record was gone for a week, and so the domain was given up."
        if not profile.is_public:
            return "hidden", "Your profile is not public, so nothing is shown at the domain."
        state, reason = self._served(seen, tenant, in_use)
        if state == "live" and self.lost_at:
            return "proof_lost", "The TXT record is gone. Set it again, or the domain is given up in a week."
        return state, reason

    def _served(self, seen: Seen, tenant: Tenant | None, in_use: bool) -> tuple[State, str]:
        certified = tenant is not None and tenant.is_active
        if seen.caa and not certified:
            only = ", ".join(seen.caa)
            return "caa", f'CAA records let only {only} certify it: add one that says 0 issue "amazon.com".'
        if seen.target == "missing":
            return "missing", "The TXT record is found. The record that leads the domain to us is missing."
        if seen.target == "wrong":
            there = ", ".join(seen.pointed_at)
            return "wrong_target", f"The TXT record is found, but the domain leads to {there}."
        if in_use:
            return "in_use", "Somebody else's CloudFront serves this domain: have it removed there first."
        if certified:
            return "live", "The domain is live: your profile is found there."
        return "certificate_pending", _CERTIFICATE.get(tenant.certificate if tenant else "", _BEING_MADE)


_NOT_PROVEN = {
    "found": "The TXT record is found.",
    "missing": "There is no TXT record at {place} yet. It can take an hour until a new one is seen.",
    "wrong": "The TXT record at {place} has another value than yours.",
    "unknown": "The domain's DNS gave no answer. We look again soon.",
}
_BEING_MADE = "Both records are found. The certificate for https is being made, which takes some minutes."
_CERTIFICATE = {
    "failed": "The certificate was refused by its authority. It is asked for once more.",
    "validation-timed-out": "The certificate could not be made in three days. It is asked for once more.",
}


def _due(of: Claim, now: datetime) -> str | None:
    """When to look again: soon after something changed, then less and less often, but daily what is held."""
    if of.state in ("taken", "released"):
        return None
    age = now - _moment(of.claimed_at)
    if of.state not in ("live", "hidden", "proof_lost"):
        for younger, pause in _PAUSES:
            if age < younger:
                return clock.timestamp(now + pause)
        if not of.holds:
            return None
    until = now + timedelta(days=1)
    return min(clock.timestamp(until), of.ends_at or "~")


_PAUSES = (
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(days=3), timedelta(hours=1)),
    (timedelta(days=30), timedelta(days=1)),
)


def _moment(stamp: str | None) -> datetime:
    return datetime.fromisoformat(stamp or "")
