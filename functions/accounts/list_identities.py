"""GET /v1/me/identities"""

from accounts import identities
from accounts.identities import Identity
from core.http import endpoint
from core.request import InPerson
from core.shapes import Page


@endpoint()
def handler(me: InPerson) -> Page[Identity]:
    return Page(items=identities.of_member(me.id))
