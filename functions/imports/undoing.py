"""Some rows of an import at a time let go of what came of them; in the end all of it is gone."""

from core import arrivals, erasing, keys, table
from core.table import Item
from imports import store

_AT_ONCE = 40
_ARRIVED = ("taken", "updated", "same", "kept", "refused")


def step(job: Item) -> None:
    """A highlight goes with the last that holds its arrival, if its member has made nothing else of it."""
    found, _ = store.rows(job["id"], after=job["reached"], limit=_AT_ONCE)
    if not found:
        return _forget(job)
    for row in found:
        if row.get("outcome") in _ARRIVED and row.get("identity"):
            arrivals.let_go(job["member_id"], arrivals.digest(row["identity"]), f"import_{job['id']}")
    values = {"reached": found[-1]["id"], "done": job["done"] + len(found)}
    store.settled(store.step(job, "undoing", values))
    return None


def _forget(job: Item) -> None:
    """The rows first: for as long as the import is there, the step can be made again."""
    first, last = keys.import_row(job["id"], ""), keys.import_row(job["id"], "~")
    erasing.drop(first.pk, (first.sk, last.sk))
    table.write(table.delete(keys.import_job(job["id"])))
