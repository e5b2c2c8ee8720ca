"""POST /v1/me/invitations"""

from core import keys, table, user_pool
from core.errors import Answered, NotFound, field
from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Caller, Now
from invitations import codes, limits, store
from invitations.invitation import Invitation, NewInvitation


@endpoint(status=201)
def handler(new: Body[NewInvitation], me: Caller, now: Now, once: Once) -> Invitation:
    """No answer is stored with the code in it."""
    try:
        invitation = _sent(new, me, now, once)
    except Answered as before:
        invitation = Invitation.model_validate_json(before.body)
    if invitation.id is None or invitation.mailed_at:
        return invitation
    return invitation.model_copy(update={"code": codes.code_of(invitation.id)})


def _sent(new: NewInvitation, me: Caller, now: Now, once: Once) -> Invitation:
    once.answer_again()
    inviter = table.get(keys.member(me.id))
    if inviter is None:
        raise NotFound("This account has no profile.")
    if new.email and new.email == user_pool.address_of(me.id):
        raise field("email", "is your own address")
    limits.INVITATIONS.spend(me.id, now)
    return store.send(inviter, new, once, now)
