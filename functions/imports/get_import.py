"""GET /v1/imports/{import_id}"""

from core import cursors
from core.http import endpoint
from core.request import Caller, Now, Path, Query
from core.shapes import Page, Paged
from imports import importing, rows, store
from imports.rows import ImportWithRows


@endpoint()
def handler(import_id: Path, asked: Query[Paged], me: Caller, now: Now) -> ImportWithRows:
    job = store.own(import_id, me.id)
    scope = f"import {import_id}"
    after = cursors.unseal(scope, asked.after) if asked.after else ""
    found, more = store.rows(import_id, after=after, limit=asked.limit)
    page: Page[rows.ImportRow] = Page(
        items=[rows.shown(each, job) for each in found],
        next=cursors.seal(scope, found[-1]["id"]) if more else None,
    )
    return ImportWithRows(**importing.shown(job, now).model_dump(), rows=page)
