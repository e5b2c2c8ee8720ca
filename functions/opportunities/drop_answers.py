"""Effect of OpportunityChanged: answers go with their opportunity."""

from core import keys, table
from core.events import OpportunityChanged, subscriber
from core.keys import Key

_AT_ONCE = 100


@subscriber(OpportunityChanged)
def handler(event: OpportunityChanged) -> None:
    """Where it is gone nobody can answer any more, so what is found is all there will be."""
    fact = keys.opportunity(event.opportunity_id)
    if table.get(fact, consistent=True) is not None:
        return
    while items := table.query(fact.pk, limit=_AT_ONCE, consistent=True)[0]:
        given = [keys.answered(event.opportunity_id, item["member_id"]) for item in items]
        table.write_many([], [*given, *(Key(item[keys.PK], item[keys.SK]) for item in items)])
