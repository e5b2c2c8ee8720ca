"""GET /v1/contacts"""

from contacts import lists
from contacts.contact import Card
from core.http import endpoint
from core.request import Caller, Now, Query
from core.shapes import Page


@endpoint()
def handler(asked: Query[lists.ListContacts], me: Caller, now: Now) -> Page[Card]:
    return lists.page(asked, me, now)
