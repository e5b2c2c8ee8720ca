"""GET /v1/me/media"""

from core import cursors, keys, table
from core.http import endpoint
from core.media import most_bytes
from core.request import Caller, Query
from core.shapes import Page, Paged
from media import store
from media.media import Media, media


class MyMedia(Page[Media]):
    """`used` and `quota` are bytes; what was refused counts for nothing."""

    used: int
    quota: int


@endpoint()
def handler(asked: Query[Paged], me: Caller) -> MyMedia:
    """Newest first."""
    partition = keys.media_of(me.id)[keys.INDEXES["gsi2"][0]]
    newest = _before(cursors.unseal(partition, asked.after)) if asked.after else "~"
    items, last = table.query(partition, ("0", newest), index="gsi2", limit=asked.limit, newest_first=True)
    more = cursors.seal(partition, items[-1]["id"]) if last else None
    return MyMedia(
        items=list(map(media, items)), next=more, used=store.used(me.id), quota=most_bytes("quota")
    )


def _before(media_id: str) -> str:
    """The greatest text that is less than this id and not less than any other id that is."""
    return media_id[:-1] + chr(ord(media_id[-1]) - 1) + "~"
