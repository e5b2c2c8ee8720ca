"""The tables of LinkedIn: what their columns are called, and what a row of each becomes.

They are the same in its archive and by its API. Columns are found by their names, folded: their order and
their number have changed over the years (docs/imports.md).
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from core.elsewhere import tidy, wording

type Row = dict[str, str]  # by folded names of columns
type Cells = dict[str, str]  # by our names of them

_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sourceforge.net")


class Section(NamedTuple):
    """`identity`: cells that, with the date it began, tell a row from all others; `goes_on`: what has begun
    and not ended is going on."""

    name: str
    key: str
    columns: dict[str, tuple[str, ...]]
    kind: Callable[[Cells], str]
    title: Callable[[Cells], str]
    text: Callable[[Cells], str]
    links: Callable[[Cells], list[dict[str, Any]]]
    identity: tuple[str, ...]
    nameless: str
    goes_on: bool = False
    ticked: bool = True


def filled(row: Row, *columns: str) -> str:
    """The first of these that says anything."""
    return next((value for column in columns if (value := row.get(column, "").strip()) not in ("", "-")), "")


def _joined(*names: str) -> Callable[[Cells], str]:
    """`Engineer, Hooli`; cut where it would be longer than a title."""
    return lambda cells: tidy.line(", ".join(each for name in names if (each := cells.get(name, ""))))


def _texts(*names: str, **labelled: str) -> Callable[[Cells], str]:
    """Paragraphs; `labelled`: cells that say nothing without a word before them."""

    def text(cells: Cells) -> str:
        plain = [cells.get(name, "") for name in names]
        said = [f"{label} {cells[name]}" for name, label in labelled.items() if cells.get(name)]
        return wording.markdown(*plain, *said)

    return text


def _linked(cells: Cells) -> list[dict[str, Any]]:
    return tidy.links(cells.get("url", ""))


def _always(kind: str) -> Callable[[Cells], str]:
    return lambda _: kind


def _made(cells: Cells) -> str:
    host = urlsplit(cells.get("url", "")).hostname or ""
    return "code" if host.removeprefix("www.") in _CODE else "work"


_BEGAN = ("started on", "start date", "started", "start")
_ENDED = ("finished on", "end date", "finished", "end")
_URL = ("url", "link", "website")
_TEXT = ("description", "notes")

SECTIONS = {
    "positions": Section(
        name="Positions",
        key="positions",
        columns={
            "role": ("title", "position"),
            "company": ("company name", "company"),
            "text": _TEXT,
            "place": ("location",),
            "start": _BEGAN,
            "end": _ENDED,
        },
        kind=_always("job"),
        title=_joined("role", "company"),
        text=_texts("text", "place"),
        links=_linked,
        identity=("role", "company"),
        nameless="It has neither a title nor a company.",
        goes_on=True,
    ),
    "education": Section(
        name="Education",
        key="education",
        columns={
            "degree": ("degree name", "degree"),
            "school": ("school name", "school"),
            "text": _TEXT,
            "activities": ("activities",),
            "start": _BEGAN,
            "end": _ENDED,
        },
        kind=_always("learning"),
        title=_joined("degree", "school"),
        text=_texts("text", "activities"),
        links=_linked,
        identity=("degree", "school"),
        nameless="It has neither a degree nor a school.",
    ),
    "certifications": Section(
        name="Certifications",
        key="certifications",
        columns={
            "name": ("name", "title"),
            "by": ("authority", "issuer"),
            "url": _URL,
            "start": _BEGAN,
            "until": _ENDED,
            "license": ("license number",),
        },
        kind=_always("learning"),
        title=_joined("name", "by"),
        text=_texts(license="License", until="Valid until"),
        links=_linked,
        identity=("name", "by", "license"),
        nameless="It has no name.",
    ),
    "projects": Section(
        name="Projects",
        key="projects",
        columns={"name": ("title", "name"), "text": _TEXT, "url": _URL, "start": _BEGAN, "end": _ENDED},
        kind=_made,
        title=_joined("name"),
        text=_texts("text"),
        links=_linked,
        identity=("name",),
        nameless="It has no title.",
        goes_on=True,
    ),
    "publications": Section(
        name="Publications",
        key="publications",
        columns={
            "name": ("name", "title"),
            "start": ("published on", "publication date", "date"),
            "text": _TEXT,
            "by": ("publisher",),
            "url": _URL,
        },
        kind=_always("article"),
        title=_joined("name"),
        text=_texts("text", by="Published by"),
        links=_linked,
        identity=("name", "by"),
        nameless="It has no name.",
    ),
    "honors": Section(
        name="Honors",
        key="honors",
        columns={
            "name": ("title", "name"),
            "by": ("issuer",),
            "text": _TEXT,
            "start": ("issued on", "issue date", "date"),
        },
        kind=_always("achievement"),
        title=_joined("name", "by"),
        text=_texts("text"),
        links=_linked,
        identity=("name", "by"),
        nameless="It has no title.",
    ),
    "patents": Section(
        name="Patents",
        key="patents",
        columns={
            "name": ("title", "name"),
            "number": ("application number", "patent number", "number"),
            "text": _TEXT,
            "url": _URL,
            "start": ("issued on", "issue date", "filed on", "filing date", "date"),
        },
        kind=_always("achievement"),
        title=_joined("name"),
        text=_texts("text", number="Number"),
        links=_linked,
        identity=("name", "number"),
        nameless="It has no title.",
    ),
    "courses": Section(
        name="Courses",
        key="courses",
        columns={"name": ("name", "title"), "number": ("number",), "start": _BEGAN, "end": _ENDED},
        kind=_always("learning"),
        title=_joined("name"),
        text=_texts(number="Number"),
        links=_linked,
        identity=("name", "number"),
        nameless="It has no name.",
    ),
    "learning": Section(
        name="Learning",
        key="learning",
        columns={
            "name": ("content title",),
            "text": ("content description",),
            "start": ("content completed at (if completed)",),
        },
        kind=_always("learning"),
        title=_joined("name"),
        text=_texts("text"),
        links=_linked,
        identity=("name",),
        nameless="It has no title.",
        ticked=False,  # a video that was watched is on few timelines
    ),
    "organizations": Section(
        name="Organizations",
        key="organizations",
        columns={
            "role": ("position",),
            "name": ("name", "organization"),
            "text": _TEXT,
            "start": _BEGAN,
            "end": _ENDED,
        },
        kind=_always("work"),
        title=_joined("role", "name"),
        text=_texts("text"),
        links=_linked,
        identity=("role", "name"),
        nameless="It has no name.",
        goes_on=True,
    ),
    "volunteering": Section(
        name="Volunteering",
        key="volunteering",
        columns={
            "role": ("role", "title"),
            "name": ("company name", "organization", "organization name"),
            "cause": ("cause",),
            "text": _TEXT,
            "start": _BEGAN,
            "end": _ENDED,
        },
        kind=_always("work"),
        title=_joined("role", "name"),
        text=_texts("text", "cause"),
        links=_linked,
        identity=("role", "name"),
        nameless="It has neither a role nor an organization.",
        goes_on=True,
    ),
    "testscores": Section(
        name="Test scores",
        key="test-scores",
        columns={
            "name": ("name", "title"),
            "score": ("score",),
            "text": _TEXT,
            "start": ("date", "test date", "taken on"),
        },
        kind=_always("achievement"),
        title=_joined("name"),
        text=_texts("text", score="Score"),
        links=_linked,
        identity=("name", "score"),
        nameless="It has no name.",
    ),
}
SECTIONS["volunteeringexperiences"] = SECTIONS["volunteering"]
SECTIONS["honorsawards"] = SECTIONS["honorsandawards"] = SECTIONS["honors"]
