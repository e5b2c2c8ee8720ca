"""Invitations, the waiting list, and the mails that go out."""

from benchmarks.cold.events.asking import DEPARTURE, TICK, Asks, anybody, operator, own, told
from benchmarks.entrance import ADDRESS
from benchmarks.outside import MESSAGE
from benchmarks.requests import returned
from benchmarks.waiting import ROUND
from benchmarks.world import World
from core import clock, tokens
from mail.unsubscribing import _PURPOSE
from waitlist.place import link


def _place(world: World) -> dict[str, str]:
    return {"token": link(world.waiting.person(1).email, world.waiting.now)}


INVITATIONS: Asks = {
    "list_invitations": own(),
    "create_invitation": own(body={"email": ADDRESS, "note": "You would like it here."}),
    "resend_invitation": own(invitation_id=lambda world: world.entrance.invitations[1]["id"]),
    "revoke_invitation": own(invitation_id=lambda world: world.entrance.invitations[2]["id"]),
    "get_invitation": anybody(code=lambda world: world.entrance.code_of(world.entrance.invitations[2])),
    "erase_invitations": DEPARTURE,
}

WAITLIST: Asks = {
    "join_waitlist": anybody(body={"email": ADDRESS}),
    "confirm_place": anybody(body=lambda _: {"token": link(ADDRESS, clock.now())}),
    "leave_waitlist": anybody(body=_place),
    "admit_from_waitlist": operator(body={"count": 5}),
    "list_admissions": operator(),
    "admit_next": told("RoundChanged", round_id=ROUND),  # all of it was done already
    "pass_on_places": TICK,
}

MAIL: Asks = {
    "unsubscribe": anybody(token=lambda _: tokens.sign(_PURPOSE, f"{tokens.digest(ADDRESS)}:invitations")),
    "send_mail": told("MailChanged", mail_id=lambda world: world.outside.mail_id),
    "suppress_address": lambda _, __: returned(MESSAGE, "somebody@example.org"),
}
