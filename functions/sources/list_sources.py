"""GET /v1/sources"""

from core.http import endpoint
from core.request import Caller
from core.shapes import Page
from sources import store
from sources.source import Source


@endpoint()
def handler(me: Caller) -> Page[Source]:
    return Page(items=store.of_member(me.id))
