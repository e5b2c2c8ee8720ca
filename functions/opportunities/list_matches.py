"""GET /v1/me/matches"""

from core.http import endpoint
from core.request import Caller, Now, Query
from core.shapes import Page, Paged
from opportunities import board
from opportunities.opportunity import Posted


class ListMatches(Paged):
    """A page can be short: what has left the board meanwhile is not in it."""


@endpoint()
def handler(asked: Query[ListMatches], me: Caller, now: Now) -> Page[Posted]:
    return board.matched(asked, me, now)
