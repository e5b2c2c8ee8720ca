"""WebSub (w3.org/TR/websub): where a hub tells of news, it is asked to tell us, and asked again in time.

The callback's address is a token of ours, so it needs no table to know whose it is; and what the hub signs
with is another. What it sends is only as good as its signature. Who asks a hub is sources/hubs.py.
"""

import hmac
from datetime import datetime, timedelta

from core import clock, keys, table, tokens

LEASE_SECONDS = 10 * 86_400  # that we ask for
_LONGEST, _SHORTEST = timedelta(days=30), timedelta(hours=1)
_RENEWED_AT = 0.8
ASKED_AGAIN = timedelta(days=1)
_METHODS = ("sha1", "sha256", "sha384", "sha512")
_PURPOSE = "websub"


def callback_of(source_id: str) -> str:
    return tokens.sign(_PURPOSE, source_id)


def source_of(secret: str) -> str | None:
    return tokens.read(_PURPOSE, secret)


def confirmed(source_id: str, mode: str, topic: str, lease_seconds: int | None, now: datetime) -> bool:
    """Whether we did ask for that; if so it is noted for how long it holds."""
    hub = table.get(keys.hub(source_id), consistent=True)
    if hub is None or (hub["asked"], hub["topic"]) != (mode, topic):
        return False
    if mode == "subscribe":
        lease = min(max(timedelta(seconds=lease_seconds or LEASE_SECONDS), _SHORTEST), _LONGEST)
        values = {
            "until": clock.timestamp(now + lease),
            "renew_at": clock.timestamp(now + lease * _RENEWED_AT),
        }
        change = "SET #until = :until, renew_at = :renew_at"
        table.write(table.update(keys.hub(source_id), change, "attribute_exists(pk)", **values))
    return True


def deny(source_id: str, topic: str, now: datetime) -> None:
    """It will not tell us: it is asked again in a while."""
    again = clock.timestamp(now + ASKED_AGAIN * 7)
    change, only_if = "SET renew_at = :again REMOVE #until", "#topic = :topic"
    try:
        table.write(table.update(keys.hub(source_id), change, only_if, again=again, topic=topic))
    except table.ConditionFailed:
        return


def is_signed(source_id: str, body: bytes, signature: str) -> bool:
    method, _, given = signature.partition("=")
    if method not in _METHODS:
        return False
    made = hmac.digest(signing_key(source_id).encode(), body, method).hex()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode())


def signing_key(source_id: str) -> str:
    return tokens.digest(f"hub\0{source_id}")
