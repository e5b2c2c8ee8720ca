"""POST /v1/me/invitations/{invitation_id}/resend"""

from core import keys, table
from core.errors import NotFound
from core.http import endpoint
from core.request import Caller, Now, Path
from invitations import store
from invitations.invitation import Invitation


@endpoint()
def handler(invitation_id: Path, me: Caller, now: Now) -> Invitation:
    inviter = table.get(keys.member(me.id))
    if inviter is None:
        raise NotFound("This account has no profile.")
    return store.resend(inviter, invitation_id, now)
