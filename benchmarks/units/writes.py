"""The patterns that write, in the order in which they happen to a highlight, and the effects that follow."""

from typing import Any

from benchmarks.requests import Event, highlight_changed, request
from benchmarks.units.patterns import Pattern, Read
from benchmarks.units.reads import WITH_SHARED
from benchmarks.units.stage import Each, One, Some, Stage
from core import keys
from core.keys import Key

_CREATE, _EDIT, _DELETE = "timeline.create_highlight", "timeline.edit_highlight", "timeline.delete_highlight"
_KEY = "benchmark"
_BULK = 200
_FACT_AND_ENTRIES = "the fact and its entries, changed in one transaction; each entry stands in two indexes"
_MARKER = "the fact and its marker, in one call; then marker and counts in a transaction that checks the fact"
_NOTHING = "the fact and its marker, in one call: there is nothing to do"
_TEXT = (
    "We rebuilt the archive of forty years of local radio: **12,000 tapes**, catalogued by volunteers.\n\n"
    "- a reader for the oldest labels\n- a search that forgives spelling\n- an evening for those who spoke"
)


def _new(stage: Stage) -> dict[str, Any]:
    tags = [stage.world.tag, "five", "new", "tags", "here"]
    new = {"kind": "work", "title": "The archive opens its doors", "start": "2026-11-20", "text": _TEXT}
    return new | {"badges": [stage.world.badge], "tags": tags}


def _created(stage: Stage, headers: dict[str, str] | None = None) -> Event:
    return request(_CREATE, user=stage.world.owner.id, body=_new(stage), headers=headers)


def _created_once(stage: Stage) -> Event:
    return _created(stage, {"idempotency-key": _KEY})


def _profile(stage: Stage, _answer: Any) -> list[Read]:
    return [One(keys.member(stage.world.owner.id))]


def _own_profile(stage: Stage, _answer: Any) -> list[Read]:
    return [One(keys.member(stage.world.owner.id), consistent=True)]


def _fact(stage: Stage, _answer: Any) -> list[Read]:
    """As it was: it is read before it is changed."""
    return [One(_made(stage), consistent=True)]


def _made(stage: Stage) -> Key:
    return keys.highlight(stage.kept["made"]["id"])


def _edited(stage: Stage, **changes: Any) -> Event:
    made = stage.kept["made"]
    return request(_EDIT, user=stage.world.owner.id, body=changes, highlight_id=made["id"])


def _edit(name: str, **changes: Any) -> Pattern:
    return Pattern(
        name=f"edit a highlight's {name}",
        why=f"the fact, consistently; then {_FACT_AND_ENTRIES}",
        function=_EDIT,
        event=lambda stage: _edited(stage, **changes),
        reads=_fact,
    )


def _effect(name: str, moment: str, why: str, prefix: str) -> Pattern:
    """`prefix`: of its markers' sort keys."""
    context = {"count_tags": "tags"}.get(name, "timeline")

    def reads(stage: Stage, _answer: Any) -> list[Read]:
        fact = _made(stage)
        marker = Key(fact.pk, prefix + stage.world.owner.id if prefix.endswith("#") else prefix)
        counts = [Each([keys.tag(tag) for tag in _new(stage)["tags"]])] if context == "tags" else []
        return [Some([fact, marker], consistent=True), *counts]

    return Pattern(
        name=f"effect {name}, {moment}",
        why=why,
        function=f"{context}.{name}",
        event=lambda stage: highlight_changed(stage.kept["made"]["id"]),
        reads=reads,
        checks=lambda stage: [_made(stage)],
    )


def _counted(moment: str, why: str) -> Pattern:
    return _effect("count_years", moment, why, "COUNTED#")


def _accepted(stage: Stage) -> Event:
    function, body = "timeline.answer_collaboration", {"state": "accepted"}
    shared = stage.world.shared.id
    return request(function, user=stage.world.owner.id, body=body, highlight_id=shared)


def _shared_and_marker(stage: Stage) -> list[Key]:
    shared = stage.world.shared.id
    return [keys.highlight(shared), keys.shared(shared, stage.world.owner.id)]


def _tagged(stage: Stage) -> Event:
    ids = [each.id for each in stage.world.highlights[:_BULK]]
    body = {"ids": ids, "add_tags": ["added to many"]}
    return request("timeline.edit_highlights", user=stage.world.owner.id, body=body)


def _tagged_facts(stage: Stage, _answer: Any) -> list[Read]:
    facts = [keys.highlight(each.id) for each in stage.world.highlights[:_BULK]]
    return [One(key, consistent=True) for key in facts]


def _edited_profile(stage: Stage) -> Event:
    return request("members.edit_me", user=stage.world.owner.id, body={"headline": "Forty years, and one."})


def _renamed(stage: Stage) -> Event:
    return request("members.change_handle", user=stage.world.owner.id, body={"handle": "noor-of-many"})


WRITES = [
    Pattern(
        name="create a highlight with five tags",
        why=f"the author's profile; then {_FACT_AND_ENTRIES}",
        function=_CREATE,
        event=_created,
        reads=_profile,
        keep="made",
    ),
    _counted("of a new highlight", _MARKER),
    _counted("once more", _NOTHING),
    _effect("count_tags", "of a new highlight", f"{_MARKER}; then the ranked lists", "TAGGED"),
    _effect("share_highlight", "with nobody", _NOTHING, "SHARED#"),
    Pattern(
        name="create one with an Idempotency-Key",
        why=f"the author's profile; then {_FACT_AND_ENTRIES}; and the answer",
        function=_CREATE,
        event=_created_once,
        reads=_profile,
        keep="made with key",
    ),
    Pattern(
        name="the same request again",
        why="the answer, consistently",
        function=_CREATE,
        event=_created_once,
        reads=lambda stage, _: [One(keys.answer(stage.world.owner.id, _KEY), consistent=True)],
        changes_nothing=True,
    ),
    _edit("title", title="The archive has opened its doors"),
    _counted("after a new title", _NOTHING),
    _edit("date", start="2026-11-19"),
    _counted("after a new date in the same month", _NOTHING),
    _edit("year", start="2019-12"),
    _counted("after a new year", _MARKER),
    Pattern(
        name="accept a collaboration",
        why=f"the fact, consistently; then {_FACT_AND_ENTRIES}",
        function="timeline.answer_collaboration",
        event=_accepted,
        reads=lambda stage, _: [One(keys.highlight(stage.world.shared.id), consistent=True)],
    ),
    Pattern(
        name="effect share_highlight, of an accepted one",
        why="the fact and its markers, in one call; then the pointers, and the note of whom it names, in a"
        " transaction each",
        function="timeline.share_highlight",
        event=lambda stage: highlight_changed(stage.world.shared.id, 2),
        reads=lambda stage, _: [Some(_shared_and_marker(stage), consistent=True)],
        checks=lambda stage: [keys.highlight(stage.world.shared.id)] * 2,
        transactions=lambda _: 2,
    ),
    WITH_SHARED,
    Pattern(
        name="delete a highlight",
        why=f"the fact, consistently; then {_FACT_AND_ENTRIES}",
        function=_DELETE,
        event=lambda stage: request(
            _DELETE, user=stage.world.owner.id, highlight_id=stage.kept["made"]["id"]
        ),
        reads=_fact,
    ),
    _counted("of a deleted highlight", _MARKER),
    Pattern(
        name="tag 200 highlights (small: all 10)",
        why=f"the author's profile; of each highlight the fact, consistently; then {_FACT_AND_ENTRIES}",
        function="timeline.edit_highlights",
        event=_tagged,
        reads=lambda stage, answer: [*_profile(stage, answer), *_tagged_facts(stage, answer)],
        transactions=lambda stage: len(stage.world.highlights[:_BULK]),
    ),
    Pattern(
        name="edit one's profile",
        why="the profile, consistently; then the profile",
        function="members.edit_me",
        event=_edited_profile,
        reads=_own_profile,
    ),
    Pattern(
        name="change one's handle",
        why="the profile, consistently; then the try, which counts even if refused; then the profile, the"
        " new handle and the former one in one transaction",
        function="members.change_handle",
        event=_renamed,
        reads=_own_profile,
        transactions=lambda _: 2,
    ),
]
