"""GET /v1/link-previews"""

from datetime import datetime

from core.errors import NotFound, TooMany
from core.http import endpoint
from core.limits import Limit
from core.request import Caller, Now, Query, Viewer
from core.table import Item
from previews import store
from previews.preview import GetLinkPreview, Preview, is_due, shown

# Each is a page that we open for a member; what is there already costs nothing.
_FETCHES = Limit("link-preview", times=120, seconds=3600)


@endpoint()
def handler(asked: Query[GetLinkPreview], viewer: Viewer, now: Now) -> Preview:
    found = store.get(asked.url)
    if viewer is None:
        return _public(found)
    if found and not is_due(found, now):
        return shown(found)
    return shown(_asked(asked.url, found, viewer, now))


def _asked(url: str, found: Item | None, me: Caller, now: datetime) -> Item:
    try:
        _FETCHES.spend(me.id, now)
    except TooMany:
        if found is None:
            raise
        return found  # old is better than nothing
    return store.ask(url, found, now)


def _public(found: Item | None) -> Preview:
    """Only of links that stand on a public highlight: visitors make us open nothing, and cannot find out
    which other addresses members were interested in.
    """
    if found is None or not found["is_public"]:
        raise NotFound("There is no preview of this address for everybody.")
    return shown(found)
