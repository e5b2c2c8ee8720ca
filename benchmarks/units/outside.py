"""The patterns of sources, inboxes, imports and domains."""

from typing import Any

from benchmarks.outside import TOPIC
from benchmarks.requests import Event, request
from benchmarks.units.patterns import Pattern, Read, own
from benchmarks.units.stage import Each, One, Some, Stage
from core import keys
from core.keys import Key
from sources import subscribing

_OWN_LIST = "those shown: one query"


def _keys(stage: Stage) -> tuple[list[Key], list[Key]]:
    """Of all sources, and of how each fares."""
    ids = [fact["id"] for fact, _, _ in stage.world.outside.sources]
    return [keys.source(each) for each in ids], [key(each) for each in ids for key in (keys.poll, keys.hub)]


def _sources(stage: Stage, _answer: Any) -> list[Read]:
    facts, beside = _keys(stage)
    return [Some(facts), Each(beside)]


def _source(stage: Stage, answer: Any) -> list[Read]:
    source_id = stage.world.outside.preview
    own_items = [key(source_id) for key in (keys.hub, keys.poll, keys.source)]
    found = [keys.found_entry(source_id, each["id"]) for each in answer["entries"]]
    return [Some(own_items, consistent=True), Some(found), Some([])]


def _import(stage: Stage) -> str:
    return str(stage.world.archives.preview["id"])


def _rows(stage: Stage, answer: Any) -> list[Read]:
    import_id = _import(stage)
    shown = [keys.import_row(import_id, each["id"]) for each in answer["rows"]["items"]]
    return [One(keys.import_job(import_id), consistent=True), Some(shown, consistent=True)]


def _asked_by_hub(stage: Stage) -> Event:
    said = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "benchmark"}
    secret = subscribing.callback_of(stage.world.outside.due)
    return request("sources.verify_subscription", query=said, secret=secret)


OUTSIDE = [
    own(
        "one's sources",
        "all of them, for there are few: one query; and how each fares, in one batch",
        "sources.list_sources",
        _sources,
    ),
    own(
        "a source, with what waits for its member",
        "what stands with it, consistently; what was found, and what is gone: a query of each",
        "sources.get_source",
        _source,
        source_id=lambda stage: stage.world.outside.preview,
    ),
    Pattern(
        name="a hub asks whether it was asked",
        why="the subscription, consistently; then until when it holds",
        function="sources.verify_subscription",
        event=_asked_by_hub,
        reads=lambda stage, _: [One(keys.hub(stage.world.outside.due), consistent=True)],
    ),
    own(
        "one's inboxes",
        _OWN_LIST,
        "sources.list_inboxes",
        lambda _, answer: [Some([keys.inbox(each["id"]) for each in answer["items"]])],
    ),
    own(
        "one's imports, a page",
        _OWN_LIST,
        "imports.list_imports",
        lambda _, answer: [Some([keys.import_job(each["id"]) for each in answer["items"]])],
    ),
    own(
        "an import, with a page of its rows",
        "the fact, and the rows shown: one query; both consistently",
        "imports.get_import",
        _rows,
        import_id=_import,
    ),
    own(
        "one's domain",
        "the claim, consistently",
        "domains.get_domain",
        lambda stage, _: [One(keys.claim(stage.world.owner.id), consistent=True)],
    ),
]
