"""The patterns that read."""

from collections.abc import Callable
from typing import Any

from benchmarks.requests import Event, request
from benchmarks.units.dealings import DEALINGS
from benchmarks.units.entrance import ENTRANCE
from benchmarks.units.outside import OUTSIDE
from benchmarks.units.patterns import Pattern, Read
from benchmarks.units.people import PEOPLE
from benchmarks.units.seen import SEEN
from benchmarks.units.stage import Each, One, Some, Stage
from core import handles, keys
from core.keys import Key
from timeline.dates import sort_key

_LIST, _COUNTS = "timeline.list_highlights", "timeline.count_highlights"
_PAGE, _LONG_PAGE = 20, 100
_HANDLE_AND_PAGE = "the handle's item, and the entries shown: one query, their sum rounded up"


def of_handle(stage: Stage) -> One:
    return One(keys.handle(handles.skeleton(stage.world.owner.handle)))


def _viewer(stage: Stage, audience: str) -> dict[str, Any]:
    ids = {"owner": stage.world.owner.id, "member": stage.world.colleague.id}
    return {"user": ids[audience]} if audience in ids else {"public": True}


def _listed(audience: str, **query: Callable[[Stage], Any]) -> Callable[[Stage], Event]:
    def event(stage: Stage) -> Event:
        asked = {name: value(stage) for name, value in query.items()}
        handle = stage.world.owner.handle
        return request(_LIST, query=asked, handle=handle, **_viewer(stage, audience))

    return event


def _page(facet: Callable[[Stage], str], *, consistent: bool = False) -> Callable[[Stage, Any], list[Read]]:
    """The handle, and of that list the entries that the answer shows."""

    def reads(stage: Stage, answer: Any) -> list[Read]:
        own = [each for each in answer["items"] if each["member_id"] == stage.world.owner.id]
        entries = Some([_entry_key(facet(stage), each) for each in own], consistent)
        return [of_handle(stage), entries]

    return reads


def _entry_key(facet: str, card: dict[str, Any]) -> Key:
    when = sort_key(card["start"], ongoing=card["ongoing"])
    return keys.entry(card["member_id"], facet, when, card["id"])


def _to_last_page(stage: Stage) -> None:
    """Long pages take there sooner; a cursor goes on with pages of any length."""
    after: dict[str, Any] = {}
    for limit in (_LONG_PAGE, _PAGE):
        while True:
            event = request(_LIST, query=after | {"limit": limit}, public=True, handle=_handle(stage))
            cursor = stage.call(_LIST, event)["next"]
            if cursor is None:
                break
            after = {"after": cursor}
    stage.kept |= {"after": after}


def _last_page(stage: Stage) -> Event:
    return request(_LIST, query=stage.kept["after"], public=True, handle=_handle(stage))


def _with_shared(stage: Stage, answer: Any) -> list[Read]:
    """The pointer is as small as items get, and stands in the page."""
    shared, world = stage.world.shared, stage.world
    cards = [keys.entry(world.owner.id, "all", shared.when, shared.id)]
    cards += [_entry_key("all", each) for each in answer["items"] if each["id"] != shared.id]
    facts = Each([keys.highlight(shared.id), keys.member(world.colleague.id)])
    return [of_handle(stage), Some(cards), facts]


def _handle(stage: Stage) -> str:
    return stage.world.owner.handle


def _one_list(name: str, facet: Callable[[Stage], str], **query: Callable[[Stage], Any]) -> Pattern:
    return Pattern(
        name=f"timeline, {name}",
        why=_HANDLE_AND_PAGE,
        function=_LIST,
        event=_listed("visitor", **query),
        reads=_page(facet),
    )


def _counts(name: str, facet: Callable[[Stage], str], **query: Callable[[Stage], Any]) -> Pattern:
    def event(stage: Stage) -> Event:
        asked = {name: value(stage) for name, value in query.items()}
        return request(_COUNTS, query=asked, public=True, handle=_handle(stage))

    return Pattern(
        name=f"year counts, {name}",
        why="the handle's item, and the one that holds the counts of this list",
        function=_COUNTS,
        event=event,
        reads=lambda stage, _: [
            of_handle(stage),
            One(keys.years(stage.world.owner.id, facet(stage))),
        ],
    )


def _audience(audience: str, why: str) -> Pattern:
    page = _page(lambda _: "all", consistent=audience == "owner")

    def reads(stage: Stage, answer: Any) -> list[Read]:
        block = One(keys.block(stage.world.colleague.id, stage.world.owner.id))
        return page(stage, answer) + ([block] if audience == "member" else [])

    return Pattern(
        name=f"timeline, newest 20, as {audience}",
        why=why,
        function=_LIST,
        event=_listed(audience),
        reads=reads,
    )


def _highlight(stage: Stage) -> Key:
    return keys.highlight(stage.world.public[0].id)


def _suggestions(name: str, letters: int) -> Pattern:
    def reads(stage: Stage, answer: Any) -> list[Read]:
        prefix = stage.world.tag[:letters]
        return [Some([keys.tag_rank(prefix, each["tag"]) for each in answer["items"]])]

    def event(stage: Stage) -> Event:
        return request("tags.suggest_tags", public=True, query={"prefix": stage.world.tag[:letters]})

    return Pattern(
        name=name, why="those shown: one query", function="tags.suggest_tags", event=event, reads=reads
    )


def _beside(stage: Stage, _answer: Any) -> list[Read]:
    tag = stage.world.tag
    latest = sorted((each.id for each in stage.world.public if tag in each.tags), reverse=True)[:_LONG_PAGE]
    return [Some([keys.tag_use(tag, each) for each in latest])]


def _missing(stage: Stage) -> dict[str, Any]:
    return {"address": f"@{_handle(stage)}/2019", "address+": "-"}


READS = [
    Pattern(
        name="profile by handle",
        why="the handle's item, and the profile's",
        function="members.get_member",
        event=lambda stage: request("members.get_member", public=True, handle=_handle(stage)),
        reads=lambda stage, _: [of_handle(stage), One(keys.member(stage.world.owner.id))],
    ),
    Pattern(
        name="own profile",
        why="the profile's item, consistently: one sees what one has just changed",
        function="members.get_me",
        event=lambda stage: request("members.get_me", user=stage.world.owner.id),
        reads=lambda stage, _: [One(keys.member(stage.world.owner.id), consistent=True)],
    ),
    Pattern(
        name="highlight by id, as visitor",
        why="the fact, and its author's profile, which may be for members only",
        function="timeline.get_highlight",
        event=lambda stage: request(
            "timeline.get_highlight", public=True, highlight_id=stage.world.public[0].id
        ),
        reads=lambda stage, _: [One(_highlight(stage)), One(keys.member(stage.world.owner.id))],
    ),
    Pattern(
        name="highlight by id, as owner",
        why="the fact",
        function="timeline.get_highlight",
        event=lambda stage: request(
            "timeline.get_highlight", user=stage.world.owner.id, highlight_id=stage.world.public[0].id
        ),
        reads=lambda stage, _: [One(_highlight(stage))],
    ),
    _audience("visitor", _HANDLE_AND_PAGE),
    _audience("member", f"{_HANDLE_AND_PAGE}; and whether one of the two blocks the other"),
    _audience("owner", f"{_HANDLE_AND_PAGE}; consistently, so doubled"),
    Pattern(
        name="timeline, last page",
        why=_HANDLE_AND_PAGE,
        function=_LIST,
        event=_last_page,
        reads=_page(lambda _: "all"),
        prepare=_to_last_page,
    ),
    _one_list("a year", lambda _: "all", year=lambda stage: stage.world.month[0]),
    _one_list(
        "a month",
        lambda _: "all",
        year=lambda stage: stage.world.month[0],
        month=lambda stage: int(stage.world.month[1]),
    ),
    _one_list("by tag", lambda stage: f"tag:{stage.world.tag}", tag=lambda stage: stage.world.tag),
    _one_list("by badge", lambda stage: f"badge:{stage.world.badge}", badge=lambda stage: stage.world.badge),
    _one_list("by kind", lambda stage: f"kind:{stage.world.kind}", kind=lambda stage: stage.world.kind),
    _one_list(
        "by tag and badge",
        lambda stage: f"tag:{stage.world.tag}",
        tag=lambda stage: stage.world.tag,
        badge=lambda stage: stage.world.badge_beside_tag,
    ),
    _one_list("pinned", lambda _: "pinned", pinned=lambda _: "true"),
    Pattern(
        name="timeline, drafts",
        why=f"{_HANDLE_AND_PAGE}; consistently, so doubled",
        function=_LIST,
        event=_listed("owner", visibility=lambda _: "draft"),
        reads=_page(lambda _: "draft", consistent=True),
    ),
    _counts("whole", lambda _: "all"),
    _counts("by badge", lambda stage: f"badge:{stage.world.badge}", badge=lambda stage: stage.world.badge),
    _suggestions("the tags most used", 0),
    _suggestions("tags that begin so", 2),
    Pattern(
        name="tags that go with one",
        why="the latest hundred uses of that tag, of which the answer is the sum: one query",
        function="tags.suggest_tags",
        event=lambda stage: request("tags.suggest_tags", public=True, query={"with": stage.world.tag}),
        reads=_beside,
    ),
    Pattern(
        name="no page where one might be",
        why="the handle's item",
        function="pages.show_missing",
        event=lambda stage: request("pages.show_missing", **_missing(stage)),
        reads=lambda stage, _: [of_handle(stage)],
    ),
    *DEALINGS,
    *PEOPLE,
    *SEEN,
    *ENTRANCE,
    *OUTSIDE,
]

WITH_SHARED = Pattern(
    name="timeline, newest 20, one of them shared",
    why="the handle, the page, and what the pointer points to: the fact and its author's profile",
    function=_LIST,
    event=_listed("visitor"),
    reads=_with_shared,
)
