"""POST /v1/opportunities"""

from core import keys, table
from core.errors import NotFound
from core.handles import HIDDEN
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.request import Body, Caller, Now
from opportunities import store
from opportunities.composing import NewOpportunity, made
from opportunities.opportunity import Opportunity

_POSTS = Limit("opportunity-posts", times=20, seconds=86_400)


@endpoint(status=201)
def handler(new: Body[NewOpportunity], me: Caller, now: Now, once: Once) -> Opportunity:
    once.answer_again()
    profile = table.get(keys.member(me.id))
    if profile is None or profile["visibility"] == HIDDEN:
        raise NotFound("This account has no profile.")
    opportunity = made(new, member_id=me.id, now=now)
    _POSTS.spend(me.id, now)
    once.write(*store.added(opportunity), answer=opportunity)
    return opportunity
