"""DELETE /v1/imports/{import_id}"""

from core.http import endpoint
from core.request import Caller, Now, Path
from imports import store
from imports.importing import Import, shown


@endpoint(status=202)
def handler(import_id: Path, me: Caller, now: Now) -> Import:
    """Done step by step, after which the import is gone. What was edited since stays, as its member's own."""
    job = store.own(import_id, me.id)
    undone = store.moved(job, "undoing", reached="", done=0)
    store.or_conflict(undone, detail="It is under way: undo it when that is done.")
    return shown(store.own(import_id, me.id), now)
