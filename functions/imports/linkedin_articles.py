"""An article of a LinkedIn archive: a small page with a title, its text, and sometimes its dates."""

import re

from core.elsewhere import given_dates, tidy
from core.elsewhere.found import Found, identity
from core.prose import markdown
from imports.pages import Tag, page
from imports.spreadsheet import decoded

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = re.compile(r"^\d{4}-\d{2}-\d{2}(?=[ _T-])")


def article(name: str, content: bytes) -> Found:
    """`name`: of its file."""
    whole = page(decoded(content))
    title, address = _title(whole, name), whole.first("h1").first("a").attributes.get("href", "")
    row = Found(section="Articles", place=1, title=title, ticked=False)
    if "/post/edit/" in address or "Not published" in whole.first("p", "published").text():
        return row.model_copy(update={"reason": "It is a draft: it was not published on LinkedIn."})
    links, start = tidy.links(address), _date(whole, name)
    key = identity("linkedin:articles", links[0]["url"].partition("?")[0] if links else title)
    fields = {"kind": "article", "title": title, "ongoing": False, "text": _text(whole), "links": links}
    dated = {"start": start} if start else {}
    reason = "" if start else "It has no date: give it one."
    return row.model_copy(
        update={"identity": key, "fields": fields | dated, "reason": reason, "ticked": bool(start)}
    )


def _title(whole: Tag, name: str) -> str:
    return tidy.line(whole.first("h1").text() or whole.first("title").text() or name.rpartition(".")[0])


def _text(whole: Tag) -> str:
    body = next(whole.all("body"), whole)
    beside = [*body.all("h1"), *body.all("style"), *body.all("p", "created"), *body.all("p", "published")]
    return markdown(body.html(without=beside), tidy.MOST_TEXT)


def _date(whole: Tag, name: str) -> str | None:
    """When it was published; else when it was begun, or what the file is called by."""
    said = (_DAY.search(whole.first("p", mark).text()) for mark in ("published", "created"))
    found = next(filter(None, said), None) or _NAMED.search(name)
    return given_dates.read(found[0]) if found else None
