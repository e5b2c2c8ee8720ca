"""JSON Resume (jsonresume.org/schema), read leniently: its files are written by hand and by many programs."""

from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from core.elsewhere import given_dates, tidy, wording
from core.elsewhere.found import Found, identity, told_apart
from imports.found import Contents, Refused
from imports.suggesting import bio, suggested

_MOST_BYTES = 2_000_000
_MOST_ROWS = 2_000

type Json = dict[str, Any]


class Section(NamedTuple):
    """The names of its items' properties: of all that make a title, and of those that may hold a date."""

    kind: str
    title: tuple[tuple[str, ...], ...]
    start: tuple[str, ...] = ("startDate",)
    text: tuple[str, ...] = ("summary", "description")
    lists: tuple[str, ...] = ("highlights",)
    goes_on: bool = False


_SECTIONS = {
    "work": Section("job", (("position",), ("name", "company")), goes_on=True),
    "volunteer": Section("work", (("position",), ("organization",)), goes_on=True),
    "education": Section(
        "learning", (("studyType",), ("area",), ("institution",)), text=("score",), lists=("courses",)
    ),
    "awards": Section("achievement", (("title",), ("awarder",)), start=("date",)),
    "certificates": Section("learning", (("name",), ("issuer",)), start=("date", "startDate")),
    "publications": Section("article", (("name",),), start=("releaseDate",), text=("summary", "publisher")),
    "projects": Section("work", (("name",),), goes_on=True),
}
_KNOWN = {*_SECTIONS, "basics", "skills", "languages", "interests", "references", "meta", "$schema"}


def contents(path: Path) -> Contents:
    resume = _read(path)
    found = [row for name in _SECTIONS for row in _items(name, resume.get(name))]
    found += _suggested(resume)
    if len(found) > _MOST_ROWS:
        raise Refused(f"The file holds more than {_MOST_ROWS} items.")
    return Contents(rows=told_apart(found), ignored=_ignored(resume))


def _read(path: Path) -> Json:
    if path.stat().st_size > _MOST_BYTES:
        raise Refused(f"The file has more than {_MOST_BYTES // 1_000_000} MB.")
    try:
        resume = from_json(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError:
        raise Refused("The file is no JSON.") from None
    if not isinstance(resume, dict) or not _KNOWN & resume.keys():
        raise Refused("The file is no JSON Resume: it has none of its sections.")
    return resume


def _ignored(resume: Json) -> list[str]:
    """References are what others say of one; interests are on no timeline."""
    taken = {*_SECTIONS, "basics", "skills", "languages", "meta", "$schema"}
    return sorted(name[:100] for name in resume if name not in taken)[:200]


def _items(name: str, items: Any) -> list[Found]:
    listed = items if isinstance(items, list) else []
    return [_row(name, place, item) for place, item in enumerate(listed, start=1)]


def _row(name: str, place: int, item: Any) -> Found:
    section, title = _SECTIONS[name], ""
    if isinstance(item, dict):
        title = tidy.line(", ".join(filter(None, (_said(item, *names) for names in section.title))))
    row = Found(section=name.capitalize(), place=place, title=title or "Untitled", ticked=False)
    if not title:
        return row.model_copy(update={"reason": "It has no name."})
    fields = {
        "kind": _kind(section, item),
        "title": title,
        **_dates(section, item),
        "text": _text(section, item),
    }
    fields |= {"links": tidy.links(_said(item, "url", "website")), "tags": _tags(item)}
    told = [_said(item, *names) for names in section.title]
    key = identity(f"json-resume:{name}", *told, _said(item, *section.start))
    reason = "" if "start" in fields else "It has no date: give it one."
    return row.model_copy(
        update={"identity": key, "fields": fields, "reason": reason, "ticked": "start" in fields}
    )


def _said(item: Json, *names: str) -> str:
    """The first of these that says anything. A number is taken for what it looks like."""
    values = (item.get(name) for name in names)
    texts = (str(value) for value in values if isinstance(value, str | int) and value is not True)
    return next((text.strip() for text in texts if text.strip()), "")


def _kind(section: Section, item: Json) -> str:
    """A job is one, and all else may say more of itself."""
    return "presentation" if _said(item, "type") == "talk" and section.kind == "work" else section.kind


def _dates(section: Section, item: Json) -> Json:
    start, said = given_dates.read(_said(item, *section.start)), _said(item, "endDate")
    end = given_dates.read(said)
    if start is None:
        return {"start": end, "ongoing": False} if end else {"ongoing": False}
    goes_on = section.goes_on and (not said or given_dates.is_ongoing(said))
    dates = {"start": start, "ongoing": goes_on}
    return dates | ({"end": end} if end and end[: len(start)] >= start[: len(end)] else {})


def _text(section: Section, item: Json) -> str:
    listed = [f"• {each}" for each in _texts(item, *section.lists)]
    plain = [_said(item, name) for name in section.text]
    return wording.markdown(*plain, "\n".join(listed), _said(item, "location"))


def _texts(item: Json, *names: str) -> list[str]:
    found = [item.get(name) for name in names]
    return [each for values in found if isinstance(values, list) for each in values if isinstance(each, str)]


def _tags(item: Json) -> list[str]:
    return tidy.tags(_texts(item, "keywords"))


def _suggested(resume: Json) -> list[Found]:
    """What is of the profile."""
    basics = resume.get("basics")
    about = basics if isinstance(basics, dict) else {}
    found = suggested("Basics", 1, "headline", tidy.line(_said(about, "label", "headline")))
    found += suggested("Basics", 2, "bio", bio(_said(about, "summary")))
    for name, what in (("skills", "skill"), ("languages", "language")):
        for place, text in enumerate(_words(resume.get(name)), start=1):
            found += suggested(name.capitalize(), place, what, tidy.line(text, 100))
    return found


def _words(items: Any) -> list[str]:
    """Objects with a name, or plain words."""
    listed = items if isinstance(items, list) else []
    return [_said(each, "name", "language") if isinstance(each, dict) else str(each) for each in listed]
