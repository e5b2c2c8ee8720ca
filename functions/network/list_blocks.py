"""GET /v1/blocks"""

from core.http import endpoint
from core.request import Caller, Query
from core.shapes import Page, Paged
from network import blocks
from network.person import Person


@endpoint()
def handler(asked: Query[Paged], me: Caller) -> Page[Person]:
    return blocks.page(me.id, asked)
