"""Personal access tokens: for programs, with less than all rights, exchanged for access tokens of 15 minutes.

Each has a user of its own in the user pool, named `<member>:<token>:<scopes>`, whose access tokens say by
that name whose they are and what they may (core/request.py). So it can do nothing to the member's own user,
not even by the user pool's own API, and nobody can change its scopes. That user's password is made of the
token's secret and of our own: neither who holds the token nor who reads the table can sign in past us.
"""

import hmac
import os
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from accounts import cognito
from core import clock, keys, standing, table
from core import tokens as signed
from core.errors import Conflict, NotFound, Unauthenticated, field
from core.keys import Key
from core.shapes import Line, Moment, Shape, distinct

_MOST = 25
_PREFIX = "polyfolio"
_TOKENS = (keys.personal_token("", "").sk, keys.personal_token("", "~").sk)

Scopes = Annotated[
    list[Literal["read", "write"]], AfterValidator(distinct), Field(min_length=1, max_length=2)
]


class NewToken(Shape):
    """`read` allows to GET, `write` all else; neither what only a session of one's own may."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]
    scopes: Scopes
    expires_at: Moment | None = None


class Token(NewToken):
    id: str
    created_at: str
    used_at: str | None = Field(None, description="When it was last exchanged.")


class ShownOnce(Token):
    token: str = Field(description="Never shown again.")


def make(new: NewToken, member_id: str, now: datetime) -> ShownOnce:
    """The item comes before the user: what fails in between can be deleted by who sees it in the list."""
    if new.expires_at and new.expires_at <= clock.timestamp(now):
        raise field("expires_at", "is not in the future")
    others, _ = table.query(_place(member_id), _TOKENS, limit=_MOST, consistent=True)
    if len(others) >= _MOST:
        raise Conflict(f"You have {_MOST} tokens already; delete one that you do not need.")
    made = Token(**new.model_dump(), id=clock.new_id(), created_at=clock.timestamp(now))
    secret = os.urandom(32).hex()
    key = keys.personal_token(member_id, made.id)
    table.write(table.put(key._asdict() | made.model_dump() | {"digest": _digest(secret)}))
    cognito.make_user(_name(member_id, made.id, made.scopes), _password(secret))
    return ShownOnce(**made.model_dump(), token=f"{_PREFIX}_{member_id}_{made.id}_{secret}")


def of_member(member_id: str) -> list[Token]:
    """Newest first; all of them, for there are few."""
    items, _ = table.query(_place(member_id), _TOKENS, limit=2 * _MOST, newest_first=True, consistent=True)
    return [Token.model_validate({name: item.get(name) for name in Token.model_fields}) for item in items]


def remove(member_id: str, token_id: str, now: datetime) -> None:
    """The user first, which takes no harm when it is deleted again."""
    key = keys.personal_token(member_id, token_id)
    item = table.get(key, consistent=True)
    if item is None:
        raise NotFound("You have no such token.")
    cognito.delete_user(_name(member_id, token_id, item["scopes"]))
    table.write(table.delete(key), standing.ended(member_id, now, session=token_id))


def remove_users(member_id: str) -> None:
    """Of all tokens of a member who has left."""
    for each in of_member(member_id):
        cognito.delete_user(_name(member_id, each.id, each.scopes))


def exchange(token: str, now: datetime) -> dict[str, Any]:
    """What the user pool gives for it. Raises Unauthenticated."""
    key, secret = _parts(token)
    item = table.get(key, consistent=True) if token.isascii() else None
    if item is None or not hmac.compare_digest(item["digest"], _digest(secret)):
        raise _no_good()
    if (item.get("expires_at") or "9") <= clock.timestamp(now):
        raise _no_good()
    member_id = key.pk.partition("#")[2]
    if table.get(keys.account(member_id), consistent=True):  # suspended, or leaving
        raise _no_good()
    tokens = cognito.sign_in(_name(member_id, item["id"], item["scopes"]), _password(secret))
    _used(key, now)
    return tokens


def _used(key: Key, now: datetime) -> None:
    try:
        change = table.update(key, "SET used_at = :at", "attribute_exists(pk)", at=clock.timestamp(now))
        table.write(change)
    except table.ConditionFailed:
        raise _no_good() from None


def _parts(token: str) -> tuple[Key, str]:
    prefix, *parts = token.split("_")
    if prefix != _PREFIX or len(parts) != 3:
        raise _no_good()
    member_id, token_id, secret = parts
    return keys.personal_token(member_id, token_id), secret


def _place(member_id: str) -> str:
    return keys.personal_token(member_id, "").pk


def _name(member_id: str, token_id: str, scopes: list[Any]) -> str:
    return f"{member_id}:{token_id}:{'+'.join(scopes)}"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _password(secret: str) -> str:
    return signed.digest(f"personal access token\0{secret}")


def _no_good() -> Unauthenticated:
    return Unauthenticated("This token is not, or no longer, good.")
