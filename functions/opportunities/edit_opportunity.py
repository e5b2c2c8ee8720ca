"""PATCH /v1/opportunities/{opportunity_id}"""

from core.http import endpoint
from core.request import Body, Caller, IfMatch, Now, Path
from opportunities import store
from opportunities.composing import OpportunityEdit, edited
from opportunities.opportunity import Opportunity


@endpoint()
def handler(
    opportunity_id: Path, edit: Body[OpportunityEdit], me: Caller, seen: IfMatch, now: Now
) -> Opportunity:
    old = store.own(opportunity_id, me.id)
    seen.check(old.version)
    new = edited(old, {name: getattr(edit, name) for name in edit.model_fields_set}, now)
    store.write(*store.replaced(old, new))
    return new.seen(now)
