"""GET /v1/invitations/{code}"""

from pydantic import Field

from core import handles, invited, keys, table
from core.errors import NotFound
from core.http import endpoint
from core.invited import State
from core.network import Network
from core.request import Now, Path
from core.shapes import Shape
from invitations import limits
from invitations.invitation import Person, person

_OTHERWISE = "Ask for another one, or join the waiting list."
_REASONS: dict[State, str] = {
    "redeemed": "This invitation has been redeemed. If that was you, sign in.",
    "expired": f"This invitation has expired: it was good for 30 days. {_OTHERWISE}",
    "revoked": f"This invitation has been taken back. {_OTHERWISE}",
}


class Shown(Shape):
    """What whoever has the code may know. It is your own if `inviter.id` is yours."""

    holds: bool
    state: State
    reason: str | None = Field(None, description="Why it does not hold; a sentence to be shown.")
    inviter: Person | None = Field(None, description="null: they have left, or are suspended.")
    note: str = ""
    expires_at: str | None = None
    is_mailed: bool = Field(False, description="Sign-up with the address it went to needs no further code.")


@endpoint()
def handler(code: Path, network: Network, now: Now) -> Shown:
    found = invited.find(code, now)
    if found is None:
        limits.GUESSES.spend(network, now)
        raise NotFound("There is no invitation with this code.")
    inviter = table.get(keys.member(found.inviter_id))
    if inviter and inviter["visibility"] == handles.HIDDEN:
        inviter = None
    state: State = found.state if inviter or found.state == "redeemed" else "revoked"
    return Shown(
        holds=state == "sent",
        state=state,
        reason=_REASONS.get(state),
        inviter=person(inviter) if inviter else None,
        note=found.item.get("note", ""),
        expires_at=found.item.get("expires_at"),
        is_mailed="mailed_at" in found.item,
    )
