"""How events are made: of a function's name and the world, in which what is asked for stands."""

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.entrance import LEFT
from benchmarks.requests import Event, changed, request
from benchmarks.world import World

type Ask = Callable[[str, World], Event]
type Asks = Mapping[str, Ask]  # by the function's stem


def own(**asked: Any) -> Ask:
    """The owner asks. Of `asked` what is a function is called with the world."""
    return lambda name, world: request(name, user=world.owner.id, **_known(asked, world))


def colleague(**asked: Any) -> Ask:
    return lambda name, world: request(name, user=world.colleague.id, **_known(asked, world))


def another(**asked: Any) -> Ask:
    """One who has nothing yet of what others have."""
    return lambda name, world: request(name, user=world.ties.others[0], **_known(asked, world))


def operator(**asked: Any) -> Ask:
    return own(groups="[operators]", **asked)


def anybody(**asked: Any) -> Ask:
    """At an address that stands open."""
    return lambda name, world: request(name, **_known(asked, world))


def visitor(**asked: Any) -> Ask:
    """At the public one of two addresses."""
    return anybody(public=True, **asked)


def told(event: str, **detail: Any) -> Ask:
    return lambda _, world: changed(event, **_known(detail, world))


def of_member(world: World) -> str:
    return world.owner.handle


def of_colleague(world: World) -> str:
    return world.colleague.handle


HIGHLIGHT = told("HighlightChanged", highlight_id=lambda world: world.public[0].id)
MEMBER = told("MemberChanged", member_id=lambda world: world.owner.id)
DEPARTURE = told("DepartureChanged", departure_id=LEFT)
TICK = told("Tick")


def _known(asked: dict[str, Any], world: World) -> dict[str, Any]:
    return {name: each(world) if callable(each) else each for name, each in asked.items()}
