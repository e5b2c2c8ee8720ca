"""Medium's archive ("Download your information"): each story is a page of its own under posts/.

Of all else in it (claps, bookmarks, sessions, …) nothing is read.
"""

import re
from pathlib import Path, PurePosixPath

from core.elsewhere import given_dates, tidy
from core.elsewhere.found import Found, identity, told_apart
from core.prose import markdown
from imports.archive import Archive
from imports.found import Contents, Refused
from imports.pages import Tag, page
from imports.spreadsheet import decoded

_POST = re.compile(r"/p/([0-9a-f]{8,16})(?:[/?#]|$)")
_POST_AT_THE_END = re.compile(r"[/-]([0-9a-f]{8,16})(?:[?#]|$)")
_HEADINGS = ("h1", "h2", "h3", "h4")


def contents(path: Path) -> Contents:
    with Archive(path) as archive:
        found = [story(name.name, page(decoded(html))) for name, html in archive.chosen(_is_story)]
        ignored = [name for name in archive.names() if not _is_story(PurePosixPath(name))]
    if not found:
        raise Refused("It holds no stories: none of its files is posts/….html.")
    placed = [row.model_copy(update={"place": place}) for place, row in enumerate(found, start=1)]
    return Contents(rows=told_apart(placed), ignored=ignored)


def story(name: str, whole: Tag) -> Found:
    """`name`: of its file."""
    title = tidy.line(whole.first("h1", "p-name").text() or whole.first("title").text()) or "Untitled"
    row = Found(section="Stories", place=1, title=title, ticked=False)
    body = next(whole.all("section", "body"), None)
    if body is None:
        return row.model_copy(update={"reason": "It is no story of Medium's."})
    time = whole.first("time", "dt-published")
    start = given_dates.read(time.attributes.get("datetime", "")[:10])
    if start is None or name.startswith("draft_"):
        return row.model_copy(update={"reason": "It is a draft: it was not published on Medium."})
    fields = _fields(whole, body, title) | {"start": start}
    about = {"identity": _identity(whole, name), "fields": fields, "ticked": True}
    if _is_reply(whole, body, title):
        about |= {"ticked": False, "reason": "It looks like a reply to somebody else's story."}
    return row.model_copy(update=about)


def _is_story(name: PurePosixPath) -> bool:
    return name.parent.name == "posts" and name.suffix.lower() in (".html", ".htm")


def _fields(whole: Tag, body: Tag, title: str) -> dict[str, object]:
    address = whole.first("a", "p-canonical").attributes.get("href", "").partition("?")[0]
    text = markdown(body.html(without=_beside(whole, body, title)), tidy.MOST_TEXT)
    tags = tidy.tags([each.text() for each in whole.all("a", "p-tag")])
    links = tidy.links(address)
    return {"kind": "article", "title": title, "ongoing": False, "text": text, "links": links, "tags": tags}


def _beside(whole: Tag, body: Tag, title: str) -> list[Tag]:
    """Title and subtitle, which the text repeats as its first headings; and pictures, which would tell their
    server who reads, with their captions."""
    said = {title, whole.first("section", "subtitle").text()}
    headings = [each for name in _HEADINGS for each in body.all(name) if each.text() in said]
    return [*headings, *list(body.all("div", "section-divider"))[:1], *body.all("figure")]


def _identity(whole: Tag, name: str) -> str:
    """As the feed has it, so that a story comes once, by whichever way."""
    addresses = [each.attributes.get("href", "") for each in whole.all("a")]
    canonical = whole.first("a", "p-canonical").attributes.get("href", "")
    found = next(filter(None, map(_POST.search, addresses)), None)
    found = found or _POST_AT_THE_END.search(canonical) or _POST_AT_THE_END.search(name.rpartition(".")[0])
    return f"medium:{found[1]}" if found else identity("medium:untold", canonical or name)


def _is_reply(whole: Tag, body: Tag, title: str) -> bool:
    """It has neither tags nor a heading, and its title is how its text begins."""
    plain = not (next(whole.all("a", "p-tag"), None) or whole.first("section", "subtitle").text())
    return plain and not next(body.all("h3"), None) and body.text().startswith(title.rstrip("….")[:60])
