"""What comes from outside, and domains. Nothing out there can be asked: a look finds that, and notes it."""

import hmac

from benchmarks.cold.events.asking import (
    DEPARTURE,
    MEMBER,
    TICK,
    Asks,
    another,
    anybody,
    colleague,
    own,
    told,
)
from benchmarks.outside import DOMAIN, FEED, PUSH, STATE, TOPIC
from benchmarks.requests import Event, request, uploaded
from benchmarks.world import World
from imports.importing import UPLOADS
from sources import subscribing

_IMPORT = {"kind": "linkedin", "file_name": "export.zip", "size": 1_000_000}


def _import(world: World) -> str:
    return str(world.archives.preview["id"])


def _preview(world: World) -> str:
    return world.outside.preview


def _due(world: World) -> str:
    return world.outside.due


def _callback(world: World) -> str:
    return subscribing.callback_of(world.outside.due)


def _pushed(name: str, world: World) -> Event:
    """A body as it is, signed by the hub."""
    key = subscribing.signing_key(world.outside.due).encode()
    signed = {"x-hub-signature": "sha256=" + hmac.digest(key, FEED.encode(), "sha256").hex()}
    kind = {"content-type": "application/atom+xml"}
    return request(name, headers=kind | signed, secret=_callback(world)) | {"body": FEED}


IMPORTS: Asks = {
    "list_imports": own(),
    "create_import": own(body=_IMPORT),
    "get_import": own(import_id=_import),
    "edit_import": own(import_id=_import, body={"tags": ["radio"], "rows": [{"id": "00001", "take": False}]}),
    "undo_import": own(import_id=_import),
    "read_archive": lambda _, world: uploaded(UPLOADS + world.archives.waiting),
    "work_on_import": told("ImportChanged", import_id=lambda world: world.archives.taking["id"]),
    "erase_imports": DEPARTURE,
}

SOURCES: Asks = {
    "create_source": colleague(body={"kind": "feed", "address": "https://example.org/feed.xml"}),
    "list_sources": own(),
    "begin_linkedin": own(),
    "connect_linkedin": own(body={"state": STATE, "code": "benchmark"}),
    "get_source": own(source_id=_preview),
    "edit_source": own(source_id=_preview, body={"state": "active", "take": "all"}),
    "delete_source": own(source_id=_preview),
    "request_poll": own(source_id=_preview),
    "list_inboxes": own(),
    "create_inbox": colleague(body={"name": "A tool of mine"}),
    "delete_inbox": own(inbox_id=lambda world: world.outside.inboxes[0]),
    "post_to_inbox": anybody(
        secret=lambda world: world.outside.inbox_address, body={"title": "New tapes", "text": "**Twelve**"}
    ),
    "verify_subscription": anybody(
        secret=_callback,
        query={"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "benchmark"},
    ),
    "receive_push": _pushed,
    "poll_due_sources": TICK,
    "poll_source": told("SourceChanged", source_id=_due),
    "fetch_picture": told("ArrivalChanged", arrival_id=lambda world: world.outside.arrival["id"]),
    "take_push": told("PushChanged", push_id=PUSH),
    "settle_source": told("SourceChanged", source_id=_preview),
    "erase_sources": DEPARTURE,
}

DOMAINS: Asks = {
    "get_domain": own(),
    "claim_domain": own(body={"name": "blog.example.org"}),
    "release_domain": another(),  # for it looks until there is none
    "verify_domain": own(),
    "check_domain": told("ClaimChanged", claim_id=lambda world: world.colleague.id),
    "serve_domain": told("DomainChanged", domain_id=DOMAIN),
    "map_profile": MEMBER,
    "erase_domain": DEPARTURE,
    "recheck_domains": TICK,
}
