"""PATCH /v1/imports/{import_id}"""

from core import table
from core.errors import Conflict, field
from core.http import endpoint
from core.request import Body, Caller, IfMatch, Now, Path
from imports import store
from imports.importing import Import, ImportEdit, shown


@endpoint()
def handler(import_id: Path, edit: Body[ImportEdit], me: Caller, seen: IfMatch, now: Now) -> Import:
    job = store.own(import_id, me.id)
    seen.check(job["version"])
    if job["state"] != "preview":
        raise Conflict("It cannot be changed: choose while it is a preview.")
    if len({each.id for each in edit.rows}) < len(edit.rows):
        raise field("rows", "names a row twice")
    try:
        table.write(*store.edited(job, edit))
    except table.ConditionFailed as failure:
        if 0 in failure.found:
            raise Conflict("It was changed at this moment; look at it again.") from None
        place = min(failure.found) - 1
        raise field(f"rows/{place}", "cannot be taken, or has a date already") from None
    return shown(store.own(import_id, me.id), now)
