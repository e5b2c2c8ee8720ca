"""What is started cold: every function that is deployed, with an event that it answers as it mostly does."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from benchmarks.cold.events import accounts, dealings, entrance, outside, people, timelines
from benchmarks.cold.events.asking import Asks
from benchmarks.requests import Event
from benchmarks.world import World
from infra.contexts import CONTEXTS


class Deployed(NamedTuple):
    name: str  # context.stem
    layers: tuple[str, ...]
    is_route: bool


def deployed() -> list[Deployed]:
    """As infra declares them, and with the layers that infra/functions.py gives them."""
    found = []
    for context in CONTEXTS:
        workers = [*(each.function for each in context.effects), *context.streams]
        routes = [each.function for each in context.routes]
        for function in context.functions():
            of_workers = ["workers"] if function in workers else []
            layers = ("core", "requests", *of_workers, *function.layers)
            found.append(Deployed(f"{function.context}.{function.stem}", layers, function in routes))
    return found


_ASKS: dict[str, Asks] = {
    "accounts": accounts.ACCOUNTS,
    "contacts": dealings.CONTACTS,
    "domains": outside.DOMAINS,
    "events": timelines.EVENTS,
    "imports": outside.IMPORTS,
    "invitations": entrance.INVITATIONS,
    "mail": entrance.MAIL,
    "media": timelines.MEDIA,
    "members": people.MEMBERS,
    "network": people.NETWORK,
    "opportunities": dealings.OPPORTUNITIES,
    "pages": timelines.PAGES,
    "previews": timelines.PREVIEWS,
    "sources": outside.SOURCES,
    "space_station": people.SPACE_STATION,
    "tags": timelines.TAGS,
    "timeline": timelines.TIMELINE,
    "waitlist": entrance.WAITLIST,
}

EVENTS: dict[str, Callable[[World], Event]] = {
    f"{context}.{stem}": partial(ask, f"{context}.{stem}")
    for context, asks in _ASKS.items()
    for stem, ask in asks.items()
}
