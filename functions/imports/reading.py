"""From an uploaded archive to the preview of what would become of it."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core import arrivals, keys, table
from core.elsewhere.found import Found
from core.table import Item
from imports import opening, rows, store, uploads
from imports.found import Contents, Refused
from imports.importing import UPLOADS

_AT_ONCE = 50  # two keys each, of the hundred that one call may ask for
_MOST_NAMED = 50


def read(key: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        etag = uploads.download(key, path)
        job = store.get(key.removeprefix(UPLOADS)) if etag else None
        if job and store.claimed(job, etag):
            _preview(job, path)
    if etag:
        uploads.drop(key)


def _preview(job: Item, path: Path) -> None:
    try:
        found = opening.opened(job["kind"], path)
    except Refused as refusal:
        store.refuse(job, str(refusal))
        return
    made = compared(job["member_id"], found.rows)
    store.put_rows(job, made)
    counts = dict(Counter(row["what"] for row in made))
    store.settled(store.moved(job, "preview", counts=counts, total=len(made), ignored=_named(found)))


def compared(member_id: str, found: list[Found]) -> list[dict[str, Any]]:
    """Each row with what would become of it, as the timeline stands now."""
    known = _known(member_id, [row.identity for row in found if row.fields is not None])
    return [
        _row(place, row, known.get(arrivals.digest(row.identity)) if row.fields else None)
        for place, row in enumerate(found, start=1)
    ]


def _known(member_id: str, identities: list[str]) -> dict[str, Item]:
    """What was wanted lately, by digest: of all that has become something."""
    digests = [arrivals.digest(each) for each in identities]
    known: dict[str, Item] = {}
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        both = [key for each in some for key in (keys.arrival(member_id, each), keys.taken(member_id, each))]
        items = {(item[keys.PK], item[keys.SK]): item for item in table.get_many(both)}
        for each in some:
            arrival, taken = items.get(keys.arrival(member_id, each)), items.get(keys.taken(member_id, each))
            if arrival and taken and taken["outcome"] != "refused":
                known[each] = arrival["wanted"]
    return known


def _row(place: int, found: Found, before: Item | None) -> dict[str, Any]:
    fields = found.fields
    if fields and before and "start" not in fields:  # the date that its member gave it then is still its date
        fields = fields | {name: before[name] for name in ("start", "end") if name in before}
    about = found.model_dump() | {"id": f"{place:05}", "fields": fields}
    if found.suggested or fields is None:
        return about | {"what": "suggested" if found.suggested else "refused", "ticked": False}
    if "start" not in fields:
        return about | {"what": "undated", "ticked": False}
    if before is None:
        return about | {"what": "new"}
    what = rows.compared(fields, before)
    return about | {"what": what, "ticked": what == "updated", "reason": ""}


def _named(found: Contents) -> list[str]:
    """What was not read; of very many the first."""
    return [name[:200] for name in found.ignored[:_MOST_NAMED]]
