"""Some rows of an import at a time become arrivals, and are settled by what the timeline made of them.

A step can be cut off anywhere and be made again: what it has written already is not written anew, and its
counts go into the report in the write that moves the import on.
"""

import time
from collections import Counter
from typing import Any

from core import arrivals, keys, table
from core.table import Item
from imports import rows, store

_AT_ONCE = 40
_PATIENCE_SECONDS = 40.0
_LOOKS_AGAIN_AFTER = 0.5

_OUTCOMES = {"made": "taken", "updated": "updated", "same": "same", "kept": "kept", "refused": "refused"}

pause = time.sleep


class NotSettled(Exception):
    """The timeline is behind; the queue brings the step again."""


def step(job: Item) -> None:
    found, _ = store.rows(job["id"], after=job["reached"], limit=_AT_ONCE)
    if not found:
        store.settled(store.moved(job, "done"))
        return
    chosen = [row for row in found if rows.is_taken(row, job)]
    if _arrive(job, chosen):
        outcomes = _awaited(job, chosen)
        settled = [row | _outcome(row, job, outcomes) for row in found]
        store.put_rows(job, settled)
        counts = Counter(row["outcome"] for row in settled)
        values = {"reached": found[-1]["id"], "done": job["done"] + len(found)}
        store.settled(store.step(job, "taking", values, counts))


def _arrive(job: Item, chosen: list[Item]) -> bool:
    """False: it has been moved on by another, so that nothing more may come of this step."""
    holder, member = _holder(job), job["member_id"]
    known = _standing(member, chosen)
    wanted = {row["identity"]: rows.wanted(row, job) for row in chosen}
    open_ = [each for each in wanted if not _is_there(known.get(arrivals.digest(each)), holder, wanted[each])]
    if not open_:
        return True
    condition = "#state = :taking AND reached = :reached"
    here = table.check(keys.import_job(job["id"]), condition, taking="taking", reached=job["reached"])
    return store.settled(here, *(arrivals.arrived(member, each, holder, wanted[each]) for each in open_))


def _is_there(arrival: Item | None, holder: str, wanted: dict[str, Any]) -> bool:
    """From a former try of this step."""
    return bool(
        arrival and arrivals.HELD_BY + holder in arrival and _plain(arrival["wanted"]) == _plain(wanted)
    )


def _awaited(job: Item, chosen: list[Item]) -> dict[str, Item]:
    """What the timeline has made of each, by its digest."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        outcomes = _settled(job["member_id"], chosen)
        if len(outcomes) == len({row["identity"] for row in chosen}):
            return outcomes
        if time.monotonic() > until:
            raise NotSettled(job["id"])
        pause(_LOOKS_AGAIN_AFTER)


def _settled(member: str, chosen: list[Item]) -> dict[str, Item]:
    if not chosen:
        return {}
    digests = {arrivals.digest(row["identity"]) for row in chosen}
    both = [key for each in digests for key in (keys.arrival(member, each), keys.taken(member, each))]
    found = {(item[keys.PK], item[keys.SK]): item for item in table.get_many(both)}
    settled = {}
    for each in digests:
        arrival, taken = found.get(keys.arrival(member, each)), found.get(keys.taken(member, each))
        if taken and (arrival is None or taken["seen"] >= arrival["version"]):
            settled[each] = taken
    return settled


def _standing(member: str, chosen: list[Item]) -> dict[str, Item]:
    wanted = [keys.arrival(member, arrivals.digest(row["identity"])) for row in chosen]
    return {item["id"].partition("#")[2]: item for item in table.get_many(wanted)} if wanted else {}


def _outcome(row: Item, job: Item, outcomes: dict[str, Item]) -> dict[str, Any]:
    if not rows.is_taken(row, job):
        return {"outcome": _left(row)}
    taken = outcomes[arrivals.digest(row["identity"])]
    told = {name: taken[name] for name in ("reason", "highlight_id") if name in taken}
    outcome = _OUTCOMES[taken["outcome"]]
    again = row["what"] != "updated" and outcome == "same"  # by a step that was cut off after it
    return {"outcome": "taken" if again else outcome} | told


def _left(row: Item) -> str:
    what = rows.what(row)
    return {"new": "skipped", "updated": "skipped", "undated": "refused"}.get(what, what)


def _holder(job: Item) -> str:
    return f"import_{job['id']}"


def _plain(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value is not None}
