"""Effect of OpportunityChanged: members whom it fits, so that they can be told.

It fits who is open to its activity and has one of its tags on their timeline (or anybody so open where it has
no tags). What is stored says no more than that; whether they may see it is looked at when they read. Of an
activity that very many are open to only so many are looked at, the newest members first.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from core import clock, keys, table
from core.events import OpportunityChanged, subscriber
from core.keys import Key
from core.table import Item
from opportunities import store
from opportunities.opportunity import Opportunity

_LOOKED_AT = 2_000
_PAGE = 100


@subscriber(OpportunityChanged)
def handler(event: OpportunityChanged) -> None:
    """A second time it writes the same."""
    item = table.get(keys.opportunity(event.opportunity_id), consistent=True)
    opportunity = store.opportunity(item).seen(clock.now()) if item else None
    if opportunity is None or opportunity.state != "open":
        return
    for members in batched(_open_to(opportunity), _PAGE // max(len(opportunity.tags), 1), strict=False):
        table.write_many(_match(opportunity, each) for each in _fitting(opportunity, members))


def _open_to(opportunity: Opportunity) -> Iterator[str]:
    partition, after = keys.open_to(opportunity.activity, "").pk, None
    for _ in range(_LOOKED_AT // _PAGE):
        found, after = table.query(
            partition,
            limit=_PAGE,
            newest_first=True,
            after=after,
            only="#until > :now",
            now=clock.timestamp(clock.now()),
        )
        yield from (each[keys.SK] for each in found if each[keys.SK] != opportunity.member_id)
        if after is None:
            return


def _fitting(opportunity: Opportunity, members: tuple[str, ...]) -> set[str]:
    """The counts of a timeline's years tell which tags it has."""
    if not opportunity.tags:
        return set(members)
    asked: dict[Key, str] = {
        keys.years(member, f"tag:{tag}"): member for member in members for tag in opportunity.tags
    }
    return {asked[Key(item[keys.PK], item[keys.SK])] for item in table.get_many(asked)}


def _match(opportunity: Opportunity, member_id: str) -> Item:
    """It goes some time after the opportunity has left the board."""
    until = int(datetime.fromisoformat(opportunity.expires_at).timestamp())
    return keys.match(member_id, opportunity.id)._asdict() | {keys.TTL: until}
