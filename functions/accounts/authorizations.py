"""Ways to a provider and back: each is begun by one browser, good for ten minutes, and leads back once.

What the browser keeps is a secret that never passes through the provider, so nobody can have another
person's browser come back with a way that they have begun themselves.
"""

import hmac
import os
from datetime import datetime
from hashlib import sha256
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from core import keys, table
from core.errors import Forbidden
from core.keys import Key
from core.table import Item, Write

_SECONDS = 600
_ONCE = "attribute_exists(pk) AND attribute_not_exists(returned)"

# What a client shows for who came back: `<state>.<secret>`.
Proof = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}\.[0-9a-f]{64}$")]
Part = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Begun(NamedTuple):
    provider: str
    state: str
    nonce: str
    verifier: str


class Proven(NamedTuple):
    """That somebody is who this digest stands for at the provider."""

    key: Key
    provider: str
    identity: str

    def taken(self) -> Write:
        """No proof is good for two things."""
        return table.delete(self.key, "attribute_exists(pk)")


def begin(provider: str, now: datetime) -> tuple[Begun, str]:
    """And the browser's secret."""
    state, secret, nonce, verifier = (os.urandom(32).hex() for _ in range(4))
    begun = Begun(provider, state, nonce, verifier)
    item = begun._asdict() | {"digest": _digest(secret), keys.TTL: int(now.timestamp()) + _SECONDS}
    table.write(table.put(keys.authorization(state)._asdict() | item))
    return begun, secret


def come_back(provider: str, state: str, secret: str, now: datetime) -> Begun:
    """Once: whoever brings the same again, even at the same moment, is refused; no provider is asked."""
    item = _found(state, secret, now)
    if item is None or item["provider"] != provider:
        raise over()
    try:
        table.write(table.update(keys.authorization(state), "SET returned = :yes", _ONCE, yes=True))
    except table.ConditionFailed:
        raise over() from None
    return Begun(provider, state, item["nonce"], item["verifier"])


def prove(state: str, identity: str) -> None:
    change = table.update(
        keys.authorization(state),
        "SET #identity = :identity REMOVE nonce, verifier",
        "attribute_exists(pk)",
        identity=identity,
    )
    try:
        table.write(change)
    except table.ConditionFailed:
        raise over() from None


def proven(proof: str, now: datetime) -> Proven:
    state, _, secret = proof.partition(".")
    item = _found(state, secret, now)
    if item is None or "identity" not in item:
        raise over()
    return Proven(keys.authorization(state), item["provider"], item["identity"])


def _found(state: str, secret: str, now: datetime) -> Item | None:
    item = table.get(keys.authorization(state), consistent=True)
    if item is None or item[keys.TTL] <= now.timestamp():
        return None
    return item if hmac.compare_digest(item["digest"], _digest(secret)) else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def over() -> Forbidden:
    return Forbidden("This way to sign in is over, or was begun in another browser. Begin again.")
