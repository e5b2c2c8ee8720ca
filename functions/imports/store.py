"""Imports and their rows in the table."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from core import keys, table
from core.errors import Conflict, NotFound
from core.table import Item, Write
from imports.importing import FROM, ImportEdit, NewImport, State, new_item

_KEPT = timedelta(days=90)
_FIRST, _LAST = keys.import_row("", "").sk, keys.import_row("", "~").sk


def item(new: NewImport, member_id: str, now: datetime) -> Item:
    """Kept for some months: that long the report can be read, and the import be undone."""
    made = new_item(new, member_id, now)
    until = {keys.TTL: int((now + _KEPT).timestamp())}
    return keys.import_job(made["id"])._asdict() | keys.imports_of(member_id, made["id"]) | made | until


def added(new: Item) -> Write:
    return table.put(new, only_if="attribute_not_exists(pk)")


def get(import_id: str) -> Item | None:
    return table.get(keys.import_job(import_id), consistent=True)


def own(import_id: str, member_id: str) -> Item:
    found = get(import_id)
    if found is None or found["member_id"] != member_id:
        raise NotFound("You have no such import.")
    return found


def moved(of: Item, to: State, **values: Any) -> Write:
    """To the next state, from one that it may follow on."""
    held = {f"from{place}": state for place, state in enumerate(FROM[to])}
    condition = f"#state IN ({', '.join(f':{name}' for name in held)})"
    return _changed(of, condition, values | {"state": to}, **held)


def claimed(of: Item, etag: str) -> bool:
    """For who reads this very file, also when they come to it again."""
    condition = "#state = :waiting OR (#state = :reading AND etag = :etag)"
    values = {"state": "reading", "etag": etag}
    return settled(_changed(of, condition, values, waiting="waiting", reading="reading"))


def edited(of: Item, edit: ImportEdit) -> list[Write]:
    """All of it while nothing is under way: the rows, and what goes for all of them."""
    said = edit.model_dump(include=edit.model_fields_set & {"badges", "tags", "publish", "take"})
    choices = of["choices"] + (edit.take is not None)
    values = {name: value for name, value in said.items() if value is not None} | {"choices": choices}
    if edit.state:
        values |= {"state": "taking", "reached": "", "done": 0}
    condition = "#state = :open AND version = :seen"
    job = _changed(of, condition, values, open="preview", seen=of["version"])
    return [job, *(_chosen(of["id"], each.model_dump(exclude_none=True), choices) for each in edit.rows)]


def _chosen(import_id: str, said: dict[str, Any], choices: int) -> Write:
    dates = {name: said[name] for name in ("start", "end") if name in said}
    take = said.get("take", True)  # whoever gives a date wants it
    values: dict[str, Any] = {"chosen": take, "chosen_at": choices}
    condition = "#what IN (:new, :updated, :undated)"
    known = {"new": "new", "updated": "updated", "undated": "undated"}
    if dates:
        values, condition, known = values | {"given": dates}, "#what = :undated", {"undated": "undated"}
    change = ", ".join(f"#{name} = :{name}" for name in values)
    return table.update(keys.import_row(import_id, said["id"]), f"SET {change}", condition, **values, **known)


def step(of: Item, state: State, values: dict[str, Any], report: dict[str, int] | None = None) -> Write:
    """Forward from where it was seen to stand: of two at once one makes the step."""
    counts = {f"n_{name}": number for name, number in (report or {}).items() if number}
    adding = "".join(f", report.#{name[2:]} :{name}" for name in counts)
    condition = "#state = :is AND reached = :was"
    return _changed(of, condition, values, adding, **{"is": state, "was": of["reached"]}, **counts)


def rows(import_id: str, *, after: str = "", limit: int) -> tuple[list[Item], bool]:
    """And whether there are more."""
    pk = keys.import_job(import_id).pk
    start = keys.import_row(import_id, after) if after else None
    found, more = table.query(pk, (_FIRST, _LAST), limit=limit, after=start, consistent=True)
    return found, more is not None


def put_rows(of: Item, found: Iterable[dict[str, Any]]) -> None:
    until = {keys.TTL: of[keys.TTL]}
    table.write_many(keys.import_row(of["id"], each["id"])._asdict() | each | until for each in found)


def refuse(of: Item, reason: str) -> bool:
    return settled(moved(of, "refused", reason=reason))


def settled(*writes: Write) -> bool:
    """False: another was faster, or it is gone."""
    try:
        table.write(*writes)
    except table.ConditionFailed:
        return False
    return True


def or_conflict(*writes: Write, detail: str) -> None:
    if not settled(*writes):
        raise Conflict(detail)


def _changed(of: Item, condition: str, values: dict[str, Any], adding: str = "", **held: Any) -> Write:
    change = ", ".join(f"#{name} = :{name}" for name in values)
    setting = f"SET {change} ADD version :one{adding}"
    return table.update(keys.import_job(of["id"]), setting, condition, one=1, **values, **held)
