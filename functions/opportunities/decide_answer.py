"""PATCH /v1/opportunities/{opportunity_id}/answers/{answer_id}"""

from core.errors import Conflict
from core.http import endpoint
from core.request import Body, Caller, IfMatch, Now, Path
from opportunities import answers
from opportunities.answer import Answer, AnswerEdit

_TRIES = 5


@endpoint()
def handler(
    opportunity_id: Path, answer_id: Path, edit: Body[AnswerEdit], me: Caller, seen: IfMatch, now: Now
) -> Answer:
    for _ in range(_TRIES):
        old = answers.get(opportunity_id, answer_id)
        role = old.role(me.id)
        if role is None:
            raise answers.missing()
        seen.check(old.version)
        new = old.decided(role, edit, now)
        if new is old or answers.replace(old, new):
            return new
    raise Conflict("Both of you decide at once; try again.")
