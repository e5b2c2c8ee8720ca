"""GET /v1/imports"""

from core import cursors, keys, table
from core.http import endpoint
from core.request import Caller, Now, Query
from core.shapes import Page, Paged
from imports.importing import Import, shown


@endpoint()
def handler(asked: Query[Paged], me: Caller, now: Now) -> Page[Import]:
    """Newest first."""
    partition = keys.imports_of(me.id)[keys.INDEXES["gsi2"][0]]
    newest = _before(cursors.unseal(partition, asked.after)) if asked.after else "~"
    items, last = table.query(partition, ("0", newest), index="gsi2", limit=asked.limit, newest_first=True)
    more = cursors.seal(partition, items[-1]["id"]) if last else None
    return Page(items=[shown(each, now) for each in items], next=more)


def _before(import_id: str) -> str:
    """The greatest text that is less than this id and not less than any other id that is."""
    return import_id[:-1] + chr(ord(import_id[-1]) - 1) + "~"
