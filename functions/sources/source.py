"""A source: where a member's stories come from, and what comes of looking there."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from core.errors import Conflict
from core.shapes import Id, Line, Page, Shape, Slug, Tag, distinct
from core.table import Item

type SourceKind = Literal["medium", "feed", "linkedin"]
type SourceState = Literal["previewing", "active", "paused", "stopped"]
type EntryState = Literal["found", "taken", "left", "gone", "removed"]

MAX_SOURCES = 50
MAX_CHOSEN = 200

# What a member may make of a source's state. `stopped` is what the source itself has said.
_NEXT: dict[SourceState, tuple[SourceState, ...]] = {
    "previewing": ("active",),
    "active": ("active", "paused"),
    "paused": ("active", "paused"),
    "stopped": ("active", "stopped"),
}

EntryId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
EntryIds = Annotated[list[EntryId], AfterValidator(distinct), Field(max_length=MAX_CHOSEN)]
Badges = Annotated[list[Slug], AfterValidator(distinct), Field(max_length=5)]
Tags = Annotated[list[Tag], AfterValidator(distinct), Field(max_length=10)]
Publish = Literal["draft", "at_once"]
Author = Annotated[Line, StringConstraints(max_length=200)]


class NewSource(Shape):
    """LinkedIn is not added but connected. `address`: for Medium also `@name`, a story or a publication; else
    a feed, or a page that names one. `author`: only what this person wrote, where several write there.
    """

    kind: Literal["medium", "feed"]
    address: Annotated[Line, StringConstraints(min_length=1, max_length=2048)]
    publish: Publish = "draft"
    badges: Badges = []
    tags: Tags = []
    author: Author = ""


class SourceEdit(Shape):
    """Only what is sent is changed. `take`, `keep` and `remove` are ids of its entries: to take (or all that
    were found), to keep though they are gone at the source, or to take off the timeline.
    """

    publish: Publish = "draft"
    badges: Badges = []
    tags: Tags = []
    author: Author = ""
    state: Literal["active", "paused"] = "active"
    take: Literal["all"] | EntryIds = []
    keep: EntryIds = []
    remove: EntryIds = []


class SourceTrouble(Shape):
    """Why nothing came lately, in words for its member. It goes when something comes again."""

    code: str
    reason: str
    since: str


class SourceCatch(Shape):
    """What the last look that found anything brought."""

    at: str
    entries: int
    new: int
    changed: int


class Source(Shape):
    """`previewing`: it is looked at once (`polled_at`), and waits for its member's choice; `stopped`: the
    source says that it is no more. `is_pushed`: it tells of news itself, within seconds.
    """

    id: Id
    kind: SourceKind
    address: str
    feed_url: str
    title: str
    publish: Publish
    badges: list[str]
    tags: list[str]
    author: str
    state: SourceState
    polled_at: str | None
    next_poll_at: str | None
    is_pushed: bool
    catch: SourceCatch | None
    trouble: SourceTrouble | None
    version: int
    created_at: str
    updated_at: str


class Sources(Page[Source]):
    """`kinds`: those that can be connected here."""

    kinds: list[SourceKind]


class SourceEntry(Shape):
    """`is_reply`: perhaps no story but an answer to somebody. `gone`: it is not at its source any more."""

    id: EntryId
    title: str
    url: str | None
    start: str | None
    kind: str
    state: EntryState
    is_reply: bool


class SourceWithEntries(Source):
    """`entries`: those that wait for the member, newest first: all that were found for the preview, then
    what is gone at the source, and what may be a reply.
    """

    entries: list[SourceEntry]


def next_state(now: SourceState, wanted: SourceState, *, was_polled: bool) -> SourceState:
    if wanted not in _NEXT[now]:
        raise Conflict(f"A source that is {now} cannot become {wanted}.")
    if now == "previewing" and not was_polled:
        raise Conflict("It has not been looked at yet. Choose once it has.")
    return wanted


def shown(fact: Item, poll: Item, hub: Item | None) -> Source:
    catch, trouble = poll.get("catch"), poll.get("trouble")
    names = ("id", "kind", "address", "publish", "badges", "tags", "author", "state")
    return Source(
        **{name: fact[name] for name in names},
        feed_url=poll["feed_url"],
        title=poll.get("title", ""),
        polled_at=poll.get("polled_at"),
        next_poll_at=poll["next_at"] if "gsi1pk" in poll else None,
        is_pushed=bool(hub and hub.get("until")),
        catch=SourceCatch(**catch) if catch else None,
        trouble=SourceTrouble(**trouble) if trouble else None,
        **{name: fact[name] for name in ("version", "created_at", "updated_at")},
    )


def entry_shown(item: Item) -> SourceEntry:
    names = ("title", "url", "start", "kind", "state")
    return SourceEntry(
        id=item["id"], is_reply=item.get("is_reply", False), **{name: item.get(name) for name in names}
    )
