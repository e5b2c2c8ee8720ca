"""An import: an archive that a member brings along, from the form for it to the report of what came of it."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from core import clock
from core.elsewhere import given_dates
from core.errors import field
from core.forms import Form
from core.shapes import Line, Shape, Slug, Tag, distinct
from core.table import Item

Kind = Literal["linkedin", "medium", "json_resume"]
State = Literal["waiting", "reading", "preview", "taking", "done", "refused", "undoing"]
Publish = Literal["draft", "at_once"]
What = Literal["new", "updated", "same", "undated", "refused", "suggested"]
Outcome = Literal["taken", "updated", "same", "kept", "skipped", "refused", "suggested"]

OUTCOMES = ("taken", "updated", "same", "kept", "skipped", "refused", "suggested")

# What may follow on which state. An archive is read once, and taken over once.
FROM: dict[State, tuple[State, ...]] = {
    "preview": ("reading",),
    "refused": ("waiting", "reading"),
    "taking": ("preview",),
    "done": ("taking",),
    "undoing": ("waiting", "preview", "done", "refused", "undoing"),
}

CONTENT_TYPES = {
    "linkedin": "application/zip",
    "medium": "application/zip",
    "json_resume": "application/json",
}
UPLOADS = "imports/"  # how the keys of uploaded archives begin
UPLOAD_MINUTES = 10
_MOST_MEGABYTES = {"linkedin": 100, "medium": 100, "json_resume": 2}
_LOST_AFTER = {
    "waiting": (timedelta(minutes=UPLOAD_MINUTES + 5), "No file arrived within ten minutes."),
    "reading": (timedelta(hours=2), "The file cannot be read."),
}
_MOST_DATES = "must be a year, a month or a day, such as 2021, 2021-03 or 2021-03-14"


def _partial(text: str) -> str:
    if given_dates.read(text) != text:
        raise ValueError(_MOST_DATES)
    return text


PartialDate = Annotated[str, StringConstraints(max_length=10), AfterValidator(_partial)]
Badges = Annotated[list[Slug], AfterValidator(distinct), Field(max_length=5)]
Tags = Annotated[list[Tag], AfterValidator(distinct), Field(max_length=30)]


class NewImport(Shape):
    """`size`: bytes of the file."""

    kind: Kind
    file_name: Annotated[Line, StringConstraints(min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=1)]

    def check_size(self) -> None:
        most = _MOST_MEGABYTES[self.kind]
        if self.size > most * 1_000_000:
            raise field("size", f"is more than the {most} MB that such a file may have")


class RowChoice(Shape):
    """What the member says of one row; a date only where the archive had none."""

    id: Annotated[str, StringConstraints(pattern="^[0-9]{5}$")]
    take: bool | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None

    @model_validator(mode="after")
    def _says_something_in_order(self) -> Self:
        if self.take is None and not self.start and not self.end:
            raise ValueError("says neither whether to take the row nor a date for it")
        if self.end and not self.start:
            raise ValueError("an end needs a start")
        if self.end and self.start and self.end[: len(self.start)] < self.start[: len(self.end)]:
            raise ValueError("the end is before the start")
        return self


class ImportEdit(Shape):
    """Only what is sent is changed. `take`: all that can be, nothing, or what was suggested; with it former
    choices of rows are forgotten. `badges` and `tags` are given to all of it. `state` begins it."""

    take: Literal["all", "none", "suggested"] | None = None
    rows: Annotated[list[RowChoice], Field(max_length=50)] = []
    badges: Badges = []
    tags: Tags = []
    publish: Publish = "at_once"
    state: Literal["taking"] | None = None


class ImportCounts(Shape):
    """Rows of the preview, each in one of these."""

    new: int = 0
    updated: int = 0
    same: int = 0
    undated: int = 0
    refused: int = 0
    suggested: int = 0


class ImportReport(Shape):
    """What came of them, each in one of these. `kept`: its highlight is left as its member has made it."""

    taken: int = 0
    updated: int = 0
    same: int = 0
    kept: int = 0
    skipped: int = 0
    refused: int = 0
    suggested: int = 0


class ImportProgress(Shape):
    """Rows."""

    done: int
    of: int


class Import(Shape):
    """`reason`: why the file was refused. `ignored`: files, or parts, of it that were not read."""

    id: str
    kind: Kind
    file_name: str
    size: int
    state: State
    reason: str | None = None
    publish: Publish
    badges: list[str]
    tags: list[str]
    counts: ImportCounts
    progress: ImportProgress
    report: ImportReport
    ignored: list[str]
    created_at: str
    version: int


class UploadForm(Shape):
    """Post these fields as multipart/form-data, and last the file as `file`; good for ten minutes."""

    url: str
    fields: dict[str, str]


class NewlyMadeImport(Import):
    upload: UploadForm


def shown(item: Item, now: datetime) -> Import:
    values = {name: item[name] for name in Import.model_fields if name in item}
    patience, reason = _LOST_AFTER.get(item["state"], (timedelta.max, ""))
    if now - datetime.fromisoformat(item["created_at"]) > patience:
        values |= {"state": "refused", "reason": reason}
    return Import(**values, progress=ImportProgress(done=item["done"], of=item["total"]))


def newly_made(item: Item, form: Form, now: datetime) -> NewlyMadeImport:
    made = shown(item, now).model_dump()
    return NewlyMadeImport(**made, upload=UploadForm(**form._asdict()))


def new_item(new: NewImport, member_id: str, now: datetime) -> dict[str, Any]:
    return new.model_dump() | {
        "id": clock.new_id(),
        "member_id": member_id,
        "state": "waiting",
        "publish": "at_once",
        "badges": [],
        "tags": [],
        "take": "suggested",
        "choices": 0,
        "counts": ImportCounts().model_dump(),
        "report": ImportReport().model_dump(),
        "ignored": [],
        "reached": "",
        "done": 0,
        "total": 0,
        "created_at": clock.timestamp(now),
        "version": 1,
    }
