"""A member with any number of highlights, as items of the table: made by the code that makes real ones."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from benchmarks.archives import Archives
from benchmarks.dealings import Dealings
from benchmarks.entrance import OWN_ADDRESS, Entrance
from benchmarks.outside import Outside
from benchmarks.seen import Seen
from benchmarks.ties import Ties
from benchmarks.waiting import Waiting
from core import clock, handles, keys
from core.keys import Key
from core.table import Item
from infra.local.demo import many
from members.profile import Me
from tags import ranking
from timeline import store, years
from timeline.composing import NewHighlight, made
from timeline.highlight import Collaborator, Highlight

NOW = datetime(2026, 11, 23, 9, 48, 12, 123_000, tzinfo=UTC)

_SEED = 7
_WHOLE = 250  # highlights with all their entries: more than any pattern changes
# What is rare in a made-up life stands among the first ten too, so that each pattern finds something.
_RARE: dict[int, dict[str, Any]] = {
    2: {"pinned": True, "visibility": "public"},
    3: {"visibility": "draft"},
    4: {"kind": "job", "visibility": "public"},
}


class World:
    """The owner with `size` highlights, and a colleague with one, on which the owner is named."""

    def __init__(self, size: int) -> None:
        self.owner, self.colleague = _profile(many.MEMBER), _profile(_COLLEAGUE)
        bodies = (body | _RARE.get(number, {}) for number, body in enumerate(many.highlights(size, _SEED)))
        self.highlights = [_highlight(body, self.owner) for body in bodies]
        self.shared = _shared(self.colleague, self.owner)
        self.dealings = Dealings(self.owner.id, self.colleague.id, size)
        self.ties = Ties(self.owner.id, size, NOW)
        self.seen = Seen(self.owner.id, size, self.public[0].id)
        self.entrance = Entrance(self.owner.id, self.colleague.id, size)
        self.waiting = Waiting(size)
        self.outside = Outside(self.owner.id, self.colleague.id, self.owner.handle, size)
        self.archives = Archives(self.owner.id, size)

    def items(self) -> Iterator[Item]:
        for person in (self.owner, self.colleague):
            yield keys.member(person.id)._asdict() | person.model_dump()
            yield _handle(person)
        for each in (self.shared, *self.highlights):
            yield keys.highlight(each.id)._asdict() | each.model_dump()
        yield keys.paged(self.draft.id)._asdict() | {
            "version": self.draft.version
        }  # pages know that it has none
        yield from self._entries()
        yield from _years(self.highlights)
        yield from _tags([each for each in self.public if each.tags], self.tag)
        for part in (self.dealings, self.ties, self.seen, self.entrance, self.waiting):
            yield from part.items()
        yield from self.outside.items()
        yield from self.archives.items()

    @property
    def users(self) -> dict[str, str]:
        """Of the user pool: their addresses."""
        return {self.owner.id: OWN_ADDRESS, self.colleague.id: "colleague@example.org"}

    def _entries(self) -> Iterator[Item]:
        """Lists that no pattern reads are left out, which saves a minute of loading and changes no cost."""
        asked = {keys.entry(self.owner.id, facet, "", "").pk for facet in self.facets()}
        for place, each in enumerate((self.shared, *self.highlights)):
            entries = store.entries(each)
            yield from (item for key, item in entries.items() if place <= _WHOLE or key.pk in asked)

    def facets(self) -> list[str]:
        of_badges = (f"badge:{badge}" for badge in (self.badge, self.badge_beside_tag))
        return ["all", "pinned", "draft", f"tag:{self.tag}", f"kind:{self.kind}", *of_badges]

    @cached_property
    def public(self) -> list[Highlight]:
        return [each for each in self.highlights if each.visibility == "public"]

    @property
    def draft(self) -> Highlight:
        return next(each for each in self.highlights if each.visibility == "draft")

    def commonest(self, values: Iterable[str]) -> str:
        """Ties are settled by the alphabet, so that every run asks the same."""
        return min(Counter(values).items(), key=lambda each: (-each[1], each[0]))[0]

    @cached_property
    def tag(self) -> str:
        return self.commonest(tag for each in self.public for tag in each.tags)

    @cached_property
    def badge(self) -> str:
        return self.commonest(badge for each in self.public for badge in each.badges)

    @cached_property
    def badge_beside_tag(self) -> str:
        return self.commonest(b for each in self.public if self.tag in each.tags for b in each.badges)

    @cached_property
    def kind(self) -> str:
        return self.commonest(each.kind for each in self.public)

    @cached_property
    def month(self) -> tuple[str, str]:
        """The busiest one: its year and itself."""
        year, month = self.commonest(each.start[:7] for each in self.public if len(each.start) > 4).split("-")
        return year, month


_COLLEAGUE: dict[str, Any] = {
    "handle": "a-colleague",
    "name": "A Colleague",
    "profile": {"headline": "Somebody else.", "badges": [{"id": "analyst", "name": "Analyst"}]},
}


def _profile(person: dict[str, Any]) -> Me:
    stamp = clock.timestamp(NOW)
    known = {"id": clock.new_id(), "handle": person["handle"], "name": person["name"]}
    settings = {"visibility": "public", "version": 1, "created_at": stamp, "updated_at": stamp}
    settings |= {"open_to": [{"activity": "teach", "note": "On Fridays."}]}
    return Me.model_validate(known | settings | person["profile"])


def _handle(person: Me) -> Item:
    facts = {"handle": person.handle, "member_id": person.id, "visibility": "public", "current": True}
    return keys.handle(handles.skeleton(person.handle))._asdict() | facts


def _highlight(body: dict[str, Any], owner: Me, collaborators: tuple[Collaborator, ...] = ()) -> Highlight:
    new = NewHighlight.model_validate({name: value for name, value in body.items() if name != "ref"})
    named = [Collaborator(name=each.name or "", role=each.role, state="named") for each in new.collaborators]
    people = [*named, *collaborators]
    return made(new, people, {}, member_id=owner.id, handle=owner.handle, now=NOW)


def _shared(colleague: Me, owner: Me) -> Highlight:
    """The newest of all, so that it stands on the first page of the owner's timeline once it is accepted."""
    claimed = Collaborator(name=owner.name, state="claimed", member_id=owner.id, handle=owner.handle)
    body = next(many.highlights(1, _SEED + 1)) | {"start": "2026-11-22", "end": None, "visibility": "public"}
    body |= {"ongoing": False, "badges": ["analyst"], "tags": ["radio", "choir"], "collaborators": []}
    return _highlight(body, colleague, (claimed,))


def _years(highlights: list[Highlight]) -> Iterator[Item]:
    """What count_years makes of them one by one."""
    counts: dict[str, Counter[str]] = {}
    for each in highlights:
        for facet in each.facets():
            counts.setdefault(facet, Counter())[years.attribute(each)] += 1
    owner = highlights[0].member_id
    return (keys.years(owner, facet)._asdict() | dict(months) for facet, months in counts.items())


def _tags(highlights: list[Highlight], asked: str) -> Iterator[Item]:
    """What count_tags makes of them one by one (and the uses of one tag alone: no others are asked for)."""
    uses = Counter(tag for each in highlights for tag in each.tags)
    for tag, count in uses.items():
        rank = ranking._rank(count)
        yield keys.tag(tag)._asdict() | {"tag": tag, "uses": count, "rank": rank}
        ranks = (keys.tag_rank(prefix, tag) for prefix in ranking.prefixes(tag))
        yield from (_ranked(key, count, rank) for key in ranks)
    for each in highlights:
        if asked in each.tags:
            yield keys.tag_use(asked, each.id)._asdict() | {"tags": each.tags}


def _ranked(key: Key, uses: int, rank: int) -> Item:
    return ranking._ranked(key, uses, rank)
