"""What follows from a look: who holds the domain, what is served there, and who has to hear of it."""

from datetime import datetime

from core import mail, user_pool
from core.table import Write
from domains import serving, store
from domains.claim import Claim, Profile, Seen, Tenant
from domains.store import Held

# As CloudFront says it, of a certificate that is on its way by itself.
_ON_ITS_WAY = ("", "pending-validation")


def settle(claim: Claim, seen: Seen, now: datetime) -> None:
    """Raises Overtaken."""
    before, profile = store.held(claim.name), store.profile_of(claim.id)
    looked = claim.looked_at(seen, now)
    if before and before.member_id != claim.id:
        new = looked.taken() if looked.holds else looked.judged(seen, None, profile, False, now)
        store.settle(claim, new, before, before, [])
        return
    tenant = serving.tenant_of(claim.name) if before else None
    new = looked.judged(seen, tenant, profile, bool(before and before.in_use), now)
    after = _held(new, before, profile, tenant) if new.holds else None
    store.settle(claim, new, before, after, _mails(claim, new, now))


def _held(claim: Claim, before: Held | None, profile: Profile, tenant: Tenant | None) -> Held:
    known = before or Held(claim.name, 0, claim.id, profile.handle, visible=profile.is_public, ready=False)
    ready = known.ready or claim.target == "found"
    waits = tenant is None or (not tenant.is_active and tenant.certificate not in _ON_ITS_WAY)
    return known.changed(
        handle=profile.handle,
        visible=profile.is_public,
        ready=ready,
        looks=known.looks + (ready and waits),
    )


def _mails(old: Claim, new: Claim, now: datetime) -> list[Write]:
    """When a proof is first missed, and when the domain is given up for that."""
    lost = new.lost_at is not None and old.lost_at is None
    released = new.state == "released" and old.state != "released"
    if not (lost or released):
        return []
    to = user_pool.address_of(new.id)
    kind = "domain-released" if released else "domain-warning"
    said = {"domain": new.shown, "place": f"_polyfolio.{new.name}", "value": new.value}
    said |= {"until": (new.ends_at or "")[:10]}
    cause = f"{new.id} {new.name} {new.lost_at or old.lost_at}"
    return [mail.wanted(kind, to, cause, now, **said)] if to else []
