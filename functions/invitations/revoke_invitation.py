"""DELETE /v1/me/invitations/{invitation_id}"""

from core.http import endpoint
from core.request import Caller, Now, Path
from invitations import store


@endpoint(status=204)
def handler(invitation_id: Path, me: Caller, now: Now) -> None:
    """It is free again at once, and its code no longer good."""
    store.revoke(me.id, invitation_id, now)
