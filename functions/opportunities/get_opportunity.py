"""GET /v1/opportunities/{opportunity_id}"""

from core.http import endpoint
from core.request import Now, Path, Viewer
from opportunities import store
from opportunities.opportunity import PostedWhole


@endpoint()
def handler(opportunity_id: Path, viewer: Viewer, now: Now) -> PostedWhole:
    opportunity, seen = store.visible(opportunity_id, viewer)
    return PostedWhole(**opportunity.seen(now).model_dump(), poster=seen.who(opportunity.member_id))
