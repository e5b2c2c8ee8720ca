"""The rows of an import: what was found, what its member has chosen, and what has come of each."""

from typing import Any

from core.shapes import Link, Page, Shape, distinct
from core.table import Item
from imports.importing import Import, Outcome, What

_MOST_TAGS = 30
_SHOWN_TEXT = 500
_ON_TIMELINES = ("kind", "title", "start", "end", "ongoing", "text", "links")


class ImportRow(Shape):
    """`text`: how it begins. `reason`: why it is refused, or what to look at. `outcome`: once settled."""

    id: str
    section: str
    place: int
    title: str
    kind: str | None = None
    start: str | None = None
    end: str | None = None
    ongoing: bool = False
    text: str = ""
    links: list[Link] = []
    tags: list[str] = []
    what: What
    suggested: str | None = None
    ticked: bool
    reason: str | None = None
    outcome: Outcome | None = None
    highlight_id: str | None = None


class ImportWithRows(Import):
    rows: Page[ImportRow]


def shown(row: Item, job: Item) -> ImportRow:
    values = fields(row)
    plain = {
        name: values[name] for name in ("kind", "start", "end", "ongoing", "links", "tags") if name in values
    }
    told = {
        name: row[name] or None for name in ("reason", "suggested", "outcome", "highlight_id") if name in row
    }
    text = values.get("text") or row.get("text", "")
    return ImportRow(
        id=row["id"],
        section=row["section"],
        place=row["place"],
        title=row["title"],
        text=text if row.get("suggested") else text[:_SHOWN_TEXT],
        what=what(row),
        ticked=is_taken(row, job),
        **plain,
        **told,
    )


def fields(row: Item) -> dict[str, Any]:
    """Of the highlight that it becomes, with the date that its member has given it."""
    found: dict[str, Any] = row.get("fields") or {}
    given: dict[str, Any] = row.get("given", {})
    return found | given


def what(row: Item) -> What:
    found: What = row["what"]
    return "new" if found == "undated" and "given" in row else found


def is_taken(row: Item, job: Item) -> bool:
    """A choice of this row counts for as long as none was made for all of them since."""
    if what(row) not in ("new", "updated"):
        return False
    if row.get("chosen_at") == job["choices"]:
        return bool(row["chosen"])
    return {"all": True, "none": False, "suggested": bool(row["ticked"])}[job["take"]]


def wanted(row: Item, job: Item) -> dict[str, Any]:
    """As timelines take it. It was there before, and is no news for anybody."""
    made = fields(row)
    tags = distinct([*made.get("tags", []), *job["tags"]])[:_MOST_TAGS]
    visibility = {"draft": "draft", "at_once": "public"}[job["publish"]]
    return made | {"tags": tags, "badges": job["badges"], "visibility": visibility, "history": True}


def compared(found: dict[str, Any], before: dict[str, Any]) -> What:
    """With what came of the same thing lately."""
    same = all(_value(found, name) == _value(before, name) for name in _ON_TIMELINES)
    return "same" if same and set(found.get("tags", [])) <= set(before.get("tags", [])) else "updated"


def _value(of: dict[str, Any], name: str) -> Any:
    """The table holds no None, and what says nothing may be left out."""
    if name == "links":
        return [link["url"] for link in of.get(name, [])]
    return of.get(name) or None
