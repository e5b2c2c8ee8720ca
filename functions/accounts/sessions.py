"""Sessions: an item for each sign-in, under the name that the user pool gives it (`origin_jti`).

A client's refresh token is our own: whose it is, which session, and a secret. The user pool's refresh token
stands in the item, sealed with that secret. So a copy of the table signs nobody in; and once the item is
gone nobody can renew the session, not even who had copied the client's token before.

Each renewal gives the next refresh token, whose secret follows from the one before by our own: so a client
that missed an answer, or asks twice at once, is given the same one. A token that is shown again later is in
two hands, and ends the session (RFC 9700, 4.14.2).
"""

import base64
import hmac
import json
import os
import time
from contextlib import suppress
from datetime import datetime
from hashlib import sha256, shake_256
from typing import Any, NamedTuple, Self

from core import keys, standing, table, tokens
from core.errors import NotFound, Unauthenticated
from core.keys import Key
from core.table import Item

SECONDS = 30 * 24 * 3600  # as long as the user pool's refresh tokens are good (infra/state.py)
_MISSED_SECONDS = 30  # so long a used token is taken for that of a client that missed the answer
_NONCE_BYTES = 16


class Session(NamedTuple):
    """Whoever has one has shown its secret, or within seconds the one before."""

    key: Key
    secret: bytes
    item: Item
    is_next: bool  # than what was shown: that was used a moment ago

    @classmethod
    def of(cls, refresh_token: str, now: datetime) -> Self:
        """Raises Unauthenticated, and ends the session where a used token was shown again."""
        member_id, _, rest = refresh_token.partition(".")
        name, _, secret = rest.partition(".")
        key = keys.session(member_id, name)
        item = table.get(key, consistent=True) if secret and refresh_token.isascii() else None
        if item is None or item[keys.TTL] < now.timestamp():
            raise _over()
        shown = secret.encode()
        if _is_current(shown, item):
            return cls(key, shown, item, is_next=False)
        if _is_current(following := _next(shown), item) and _was_just_used(item, now):
            return cls(key, following, item, is_next=True)
        if _was_used(shown, item):
            with suppress(NotFound):  # somebody else has ended it
                end(member_id, name, now)
        raise _over()

    @property
    def member_id(self) -> str:
        return str(self.item["member_id"])

    @property
    def name(self) -> str:
        return str(self.item["id"])

    @property
    def refresh_token(self) -> str:
        """The user pool's."""
        return _unsealed(self.item["sealed"], self.secret)

    def renewed(self, given: dict[str, Any], now: datetime) -> str:
        """The client's next refresh token, after what the user pool has given.

        Raises Unauthenticated where the session was ended at the same moment.
        """
        secret, at = self.secret if self.is_next else _next(self.secret), int(now.timestamp())
        changes: dict[str, Any] = {
            "digest": _digest(secret),
            "sealed": _sealed(given.get("RefreshToken") or self.refresh_token, secret),
            "seen": at,
            "used": self.item.get("used", 0) if self.is_next else at,
        }
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in changes) + " ADD renewals :one"
        condition, values = "digest = :was", {"was": self.item["digest"], "one": 0 if self.is_next else 1}
        try:
            table.write(table.update(self.key, change, condition, **changes, **values))
        except table.ConditionFailed as failure:
            if (failure.found[0] or {}).get("digest") != changes["digest"]:  # by the same token, just now
                raise _over() from None
        return _token(self.member_id, self.name, secret)


def _is_current(secret: bytes, item: Item) -> bool:
    return hmac.compare_digest(item["digest"], _digest(secret))


def _was_just_used(item: Item, now: datetime) -> bool:
    return bool(now.timestamp() - item.get("used", 0) <= _MISSED_SECONDS)


def _was_used(secret: bytes, item: Item) -> bool:
    """Whether the current one follows from it, however long ago."""
    for _ in range(item.get("renewals", 0)):
        secret = _next(secret)
        if _is_current(secret, item):
            return True
    return False


def _next(secret: bytes) -> bytes:
    return tokens.digest(f"refresh token\0{secret.decode()}").encode()


def _token(member_id: str, name: str, secret: bytes) -> str:
    return f"{member_id}.{name}.{secret.decode()}"


def begin(given: dict[str, Any], agent: str, now: datetime) -> str:
    """The client's refresh token for what the user pool gave."""
    claims = _claims(given["AccessToken"])
    member_id, name, secret = claims["username"], claims["origin_jti"], os.urandom(32).hex().encode()
    at = int(now.timestamp())
    item = keys.session(member_id, name)._asdict() | {
        "id": name,
        "member_id": member_id,
        "agent": agent,
        "digest": _digest(secret),
        "sealed": _sealed(given["RefreshToken"], secret),
        "created": at,
        "seen": at,
        keys.TTL: at + SECONDS,
    }
    table.write(table.put(item))
    return _token(member_id, name, secret)


def of_member(member_id: str, limit: int, after: str | None) -> tuple[list[Item], str | None]:
    place = keys.session(member_id, after) if after else None
    items, last = table.query(place_of(member_id), _SESSIONS, limit=limit, after=place, consistent=True)
    return items, str(items[-1]["id"]) if last and items else None


def end(member_id: str, name: str, now: datetime) -> None:
    """Its access tokens too. Raises NotFound."""
    gone = table.delete(keys.session(member_id, name), "attribute_exists(pk)")
    try:
        table.write(gone, standing.ended(member_id, now, session=name))
    except table.ConditionFailed:
        raise NotFound("You have no such session.") from None


def end_all(member_id: str, now: datetime, *also: table.Write, but: str | None = None) -> None:
    """Of a member, `but` one. Access tokens first: what breaks off later can only leave items that expire.

    `also`: what is written with that, or not at all.
    """
    table.write(standing.ended(member_id, now, but=but), *also)
    _drop_all(member_id, but)
    # Only then may somebody sign in anew: a token of the same second would be taken for one of before.
    time.sleep(max(0, min(1, int(now.timestamp()) + 1 - time.time())))


def _drop_all(member_id: str, but: str | None) -> None:
    after: Key | None = None
    while True:
        items, after = table.query(place_of(member_id), _SESSIONS, limit=100, after=after, consistent=True)
        table.write_many([], [keys.session(member_id, item["id"]) for item in items if item["id"] != but])
        if after is None:
            return


def place_of(member_id: str) -> str:
    return keys.session(member_id, "").pk


_SESSIONS = (keys.session("", "").sk, keys.session("", "~").sk)


def _claims(access_token: str) -> dict[str, Any]:
    """Of a token that comes straight from the user pool, and so needs no proof."""
    part = access_token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def _digest(secret: bytes) -> str:
    return sha256(secret).hexdigest()


def _sealed(text: str, secret: bytes) -> str:
    """Exclusive or with as many bytes as it takes, which nobody can make without the secret."""
    nonce, plain = os.urandom(_NONCE_BYTES), text.encode()
    return base64.b64encode(nonce + _xor(plain, shake_256(nonce + secret).digest(len(plain)))).decode()


def _unsealed(sealed: str, secret: bytes) -> str:
    raw = base64.b64decode(sealed)
    nonce, hidden = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    return _xor(hidden, shake_256(nonce + secret).digest(len(hidden))).decode()


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))


def _over() -> Unauthenticated:
    return Unauthenticated("This session is over. Sign in again.")
