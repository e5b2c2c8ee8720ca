"""Hubs are asked to tell us of news: of WebSub the part that opens the web, which routes cannot."""

import os
from datetime import datetime, timedelta

from core import clock, keys, table
from core.fetch import FetchFailed, post_form
from core.table import Item
from sources.subscribing import ASKED_AGAIN, LEASE_SECONDS, callback_of, signing_key

_REMEMBERED = timedelta(days=3)  # that it was ended, until the hub has asked whether that is so


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


def _ask(source_id: str, mode: str, at: dict[str, str], before: Item | None, now: datetime) -> None:
    """Noted first, for the hub may ask back before it answers. Where it fails, there is a next time."""
    item: Item = {"asked": mode, "renew_at": clock.timestamp(now + ASKED_AGAIN)} | at
    if before and "until" in before:
        item["until"] = before["until"]
    if mode == "unsubscribe":
        item[keys.TTL] = int((now + _REMEMBERED).timestamp())
    table.write(table.put(keys.hub(source_id)._asdict() | item))
    said = {
        "hub.mode": mode,
        "hub.topic": at["topic"],
        "hub.callback": f"{os.environ['SITE_ADDRESS']}/v1/websub/{callback_of(source_id)}",
        "hub.secret": signing_key(source_id),
        "hub.lease_seconds": str(LEASE_SECONDS),
    }
    try:
        post_form(at["hub"], said)
    except FetchFailed:
        return
