"""POST /v1/opportunities/{opportunity_id}/renewals"""

from core import table
from core.http import endpoint
from core.idempotency import Once
from core.request import Caller, Now, Path
from opportunities import store
from opportunities.opportunity import Opportunity


@endpoint(status=201)
def handler(opportunity_id: Path, me: Caller, now: Now, once: Once) -> Opportunity:
    once.answer_again()  # for whoever renews twice in doubt would hear that it is too early
    old = store.own(opportunity_id, me.id)
    new = old.renewed(now)
    try:
        once.write(*store.replaced(old, new), answer=new)
    except table.ConditionFailed:
        raise store.changed() from None
    return new
