"""WebSub (w3.org/TR/websub): where a hub tells of news, it is asked to tell us, and asked again in time.

The callback's address is a token of ours, so it needs no table to know whose it is; and what the hub signs
with is another. What it sends is only as good as its signature.
"""

import hmac
import os
from datetime import datetime, timedelta

from core import clock, keys, table, tokens
from core.fetch import FetchFailed, post_form
from core.table import Item

LEASE_SECONDS = 10 * 86_400  # that we ask for
_LONGEST, _SHORTEST = timedelta(days=30), timedelta(hours=1)
_RENEWED_AT = 0.8
_ASKED_AGAIN = timedelta(days=1)
_REMEMBERED = timedelta(days=3)  # that it was ended, until the hub has asked whether that is so
_METHODS = ("sha1", "sha256", "sha384", "sha512")
_PURPOSE = "websub"


def source_of(secret: str) -> str | None:
    return tokens.read(_PURPOSE, secret)


def keep(source_id: str, hub: Item | None, offered: Item | None, now: datetime) -> None:
    """At the end of each look: asks for what is offered and not had, or will end soon.

    `offered`: what the feed named when it was last read, be it for the preview.
    """
    known = {name: hub[name] for name in ("hub", "topic")} if hub else None
    wanted = offered or known
    if wanted is None:
        return
    if hub is None or wanted != known or hub["renew_at"] <= clock.timestamp(now):
        _ask(source_id, "subscribe", wanted, hub if wanted == known else None, now)


def end(source_id: str, hub: Item | None, now: datetime) -> None:
    """Of a source that was removed. Once: the hub's own question finds the note of it."""
    if hub and hub["asked"] == "subscribe":
        _ask(source_id, "unsubscribe", {name: hub[name] for name in ("hub", "topic")}, None, now)


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
    again = clock.timestamp(now + _ASKED_AGAIN * 7)
    change, only_if = "SET renew_at = :again REMOVE #until", "#topic = :topic"
    try:
        table.write(table.update(keys.hub(source_id), change, only_if, again=again, topic=topic))
    except table.ConditionFailed:
        return


def is_signed(source_id: str, body: bytes, signature: str) -> bool:
    method, _, given = signature.partition("=")
    if method not in _METHODS:
        return False
    made = hmac.digest(_signing_key(source_id).encode(), body, method).hex()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode())


def _ask(source_id: str, mode: str, at: dict[str, str], before: Item | None, now: datetime) -> None:
    """Noted first, for the hub may ask back before it answers. Where it fails, there is a next time."""
    item: Item = {"asked": mode, "renew_at": clock.timestamp(now + _ASKED_AGAIN)} | at
    if before and "until" in before:
        item["until"] = before["until"]
    if mode == "unsubscribe":
        item[keys.TTL] = int((now + _REMEMBERED).timestamp())
    table.write(table.put(keys.hub(source_id)._asdict() | item))
    said = {
        "hub.mode": mode,
        "hub.topic": at["topic"],
        "hub.callback": f"{os.environ['SITE_ADDRESS']}/v1/websub/{tokens.sign(_PURPOSE, source_id)}",
        "hub.secret": _signing_key(source_id),
        "hub.lease_seconds": str(LEASE_SECONDS),
    }
    try:
        post_form(at["hub"], said)
    except FetchFailed:
        return


def _signing_key(source_id: str) -> str:
    return tokens.digest(f"hub\0{source_id}")
