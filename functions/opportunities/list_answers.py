"""GET /v1/opportunities/{opportunity_id}/answers"""

from core.http import endpoint
from core.request import Caller, Path, Query
from core.shapes import Page, Paged
from opportunities import answers, store
from opportunities.answer import Given


class ListAnswers(Paged):
    """All of them for the poster, one's own for everybody else."""


@endpoint()
def handler(opportunity_id: Path, asked: Query[ListAnswers], me: Caller) -> Page[Given]:
    own = answers.own(opportunity_id, me)
    if own:
        return Page(items=own)
    opportunity, _ = store.visible(opportunity_id, me)
    return answers.of(opportunity, me, asked) if opportunity.member_id == me.id else Page(items=[])
