"""GET /v1/me/tokens"""

from accounts import personal
from accounts.personal import Token
from core.http import endpoint
from core.request import InPerson
from core.shapes import Page


@endpoint()
def handler(me: InPerson) -> Page[Token]:
    return Page(items=personal.of_member(me.id))
