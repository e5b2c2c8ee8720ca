"""A member's consent that we read what is theirs at LinkedIn: asked for there, noted, and kept sealed.

OAuth 2.0's authorization code flow (RFC 6749, 4.1). A way there is its member's alone and leads back once,
within ten minutes: so nobody can have another member come back with a consent that they began themselves.
The token is sealed for its member by a secret that the table does not hold, and only a look opens it.
"""

import json
import os
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from core import clock, keys, table, tokens
from core.errors import Forbidden, NotFound
from core.table import Item

_SECONDS = 600
_LONGEST = timedelta(days=60)  # of LinkedIn's tokens, whatever an answer says


class Linkedin(NamedTuple):
    """As the stage's settings name it (infra/settings.py)."""

    client_id: str
    scope: str
    oauth: str
    api: str


def is_offered() -> bool:
    return os.environ["LINKEDIN_DATA"] != "null"


def linkedin() -> Linkedin:
    if not is_offered():
        raise NotFound("This Polyfolio does not offer to connect LinkedIn.")
    return Linkedin(**json.loads(os.environ["LINKEDIN_DATA"]))


def begin(member_id: str, now: datetime) -> str:
    """Where to send the browser."""
    provider, state = linkedin(), os.urandom(32).hex()
    item = {"member_id": member_id, keys.TTL: int(now.timestamp()) + _SECONDS}
    table.write(table.put(keys.consent(state)._asdict() | item))
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect(),
        "state": state,
        "scope": provider.scope,
    }
    return f"{provider.oauth}/authorization?{urlencode(asked)}"


def come_back(state: str, member_id: str, now: datetime) -> None:
    only_if, at = "member_id = :who AND #ttl > :now", int(now.timestamp())
    try:
        table.write(table.delete(keys.consent(state), only_if, who=member_id, now=at))
    except table.ConditionFailed:
        raise over() from None


def redirect() -> str:
    """The page of ours that LinkedIn leads back to, as it is registered there."""
    return f"{os.environ['SITE_ADDRESS']}/app/sources/linkedin"


def sealed(member_id: str, token: str, seconds: int, now: datetime) -> Item:
    """For the poll's item."""
    until = now + min(timedelta(seconds=max(seconds, 0)), _LONGEST)
    return {"token": tokens.sign(_purpose(member_id), token), "token_until": clock.timestamp(until)}


def token(member_id: str, poll: Item, now: datetime) -> str | None:
    """None: there is none that is still good."""
    kept = poll.get("token")
    if not kept or poll["token_until"] <= clock.timestamp(now):
        return None
    return tokens.read(_purpose(member_id), kept)


def over() -> Forbidden:
    return Forbidden("This way to LinkedIn is over, or another member began it. Begin again.")


def _purpose(member_id: str) -> str:
    return f"linkedin {member_id}"
