"""Accounts. Where a provider would be asked there is none, so these requests end with that."""

import time

from accounts import cognito
from benchmarks.cold.events.asking import (
    DEPARTURE,
    TICK,
    Asks,
    anybody,
    colleague,
    of_colleague,
    operator,
    own,
    told,
)
from benchmarks.entrance import (
    ADDRESS,
    CODE,
    LEFT,
    MAILED,
    NEW_ADDRESS,
    NEWCOMER,
    OWN_ADDRESS,
    SECRET,
    SHUT_OUT,
    Entrance,
)
from benchmarks.environment import PROVIDER
from benchmarks.requests import Event, shows_proof, sign_up
from benchmarks.world import World

_PASSWORD, _NEW_PASSWORD = "a long enough one", "another long one"
_ACCOUNT = {"email": ADDRESS, "password": _PASSWORD, "code": CODE, "handle": "new", "name": "New"}
_ID = PROVIDER["id"]
_RETURN = {"state": Entrance.begun.state, "secret": SECRET, "code": "benchmark"}
_PROVEN = f"{Entrance.proven.state}.{SECRET}"
_BEARER = {"authorization": "Bearer benchmark"}


def _refresh(world: World) -> dict[str, str]:
    return {"refresh_token": world.entrance.refresh_token}


def _proof(_: str, world: World) -> Event:
    return shows_proof(world.owner.id, cognito._proof(world.owner.id, int(time.time()) + 3600))


ACCOUNTS: Asks = {
    "create_account": anybody(body=_ACCOUNT),
    "confirm_account": anybody(body={"id": NEWCOMER, "email": ADDRESS, "code": MAILED}),
    "mail_confirmation_code": anybody(body={"id": NEWCOMER, "email": ADDRESS}),
    "sign_in": anybody(body={"email": OWN_ADDRESS, "password": _PASSWORD}),
    "renew_session": anybody(body=_refresh),
    "sign_out": own(body=_refresh),
    "list_sessions": own(),
    "end_session": own(session_id="session-01"),
    "request_password_reset": anybody(body={"email": OWN_ADDRESS}),
    "reset_password": anybody(body={"email": OWN_ADDRESS, "code": MAILED, "password": _NEW_PASSWORD}),
    "change_password": own(body={"old_password": _PASSWORD, "password": _NEW_PASSWORD}, headers=_BEARER),
    "request_email_change": own(body={"email": NEW_ADDRESS, "password": _PASSWORD}),
    "confirm_email_change": own(body={"code": MAILED}),
    "list_tokens": own(),
    "create_token": colleague(body={"name": "A tool of mine", "scopes": ["read"]}),
    "delete_token": own(token_id=lambda world: world.entrance.tokens[0].id),
    "delete_account": own(body={"password": _PASSWORD}),
    "suspend_member": operator(handle=of_colleague, body={"reason": "Spam."}),
    "lift_suspension": operator(handle=SHUT_OUT),
    "list_sign_in_providers": anybody(),
    "begin_authorization": anybody(provider=_ID),
    "prove_identity": anybody(provider=_ID, body=_RETURN),
    "list_identities": own(),
    "link_identity": colleague(body={"identity": _PROVEN, "password": _PASSWORD}),
    "unlink_identity": own(provider=_ID),
    "check_admission": lambda _, __: sign_up(NEWCOMER, ADDRESS),
    "check_proof": _proof,
    "forget_sign_up": told("SignUpChanged", sign_up_id=LEFT),
    "erase_account": DEPARTURE,
    "continue_departures": TICK,
}
