"""Effect of ImportChanged: the next step of taking an archive over, or back. Each step leads to the next."""

from core.events import ImportChanged, subscriber
from imports import store, taking, undoing


@subscriber(ImportChanged)
def handler(event: ImportChanged) -> None:
    job = store.get(event.import_id)
    if job and job["state"] == "taking":
        taking.step(job)
    elif job and job["state"] == "undoing":
        undoing.step(job)
