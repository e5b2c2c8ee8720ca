"""GET /v1/me"""

from core.http import endpoint
from core.request import Caller
from members import store
from members.profile import Me


@endpoint()
def handler(me: Caller) -> Me:
    return store.get(me.id, consistent=True)
