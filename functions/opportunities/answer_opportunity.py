"""POST /v1/opportunities/{opportunity_id}/answers"""

from core import keys
from core.errors import Forbidden
from core.http import endpoint
from core.idempotency import Once
from core.limits import Limit
from core.request import Body, Caller, Now, Path
from opportunities import answers, store
from opportunities.answer import Answer, NewAnswer

_ANSWERS = Limit("opportunity-answers", times=50, seconds=86_400)


@endpoint(status=201)
def handler(opportunity_id: Path, new: Body[NewAnswer], me: Caller, now: Now, once: Once) -> Answer:
    once.answer_again()
    evidence = tuple(map(keys.highlight, new.highlights))
    opportunity, seen = store.visible(opportunity_id, me, evidence)
    if opportunity.member_id == me.id:
        raise Forbidden("It is your own.")
    answers.check_evidence(new.highlights, me, seen)
    _ANSWERS.spend(me.id, now)
    answer = Answer.made(new, opportunity.id, opportunity.member_id, me.id, now)
    answers.add(answer, once)
    return answer
