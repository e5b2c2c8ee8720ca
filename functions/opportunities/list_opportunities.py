"""GET /v1/opportunities"""

from core.http import endpoint
from core.request import Now, Query, Viewer
from core.shapes import Page
from opportunities import board
from opportunities.opportunity import Posted


@endpoint()
def handler(asked: Query[board.ListOpportunities], viewer: Viewer, now: Now) -> Page[Posted]:
    return board.own(asked, viewer, now) if asked.mine else board.page(asked, viewer, now)
