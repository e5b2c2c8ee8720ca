"""A highlight's own page, and the pages of timelines on which it stands or stood.

The marker says on which pages it stands, up to which of its versions. Where versions in between were never
followed, or there is no marker of what is gone, all pages of its author are looked at.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from core import keys, table
from core.table import Item
from pages import bucket, documents, profiles, reading, timelines, writing
from pages.bucket import Page
from pages.reading import Shown
from pages.timelines import WHOLE, Part

_AT_ONCE = 50  # facts and markers in one read of a hundred
_TRIES = 8

type Parts = dict[str, set[Part]]  # of each member


def settle(ids: Iterable[str], gone_of: str = "") -> None:
    """`gone_of`: whose it was, should it be gone."""
    for some in batched(ids, _AT_ONCE, strict=False):
        _settle(list(some), gone_of)


def page_path(highlight_id: str) -> str:
    return f"h/{highlight_id}/"


def _settle(ids: list[str], gone_of: str) -> None:
    for _ in range(_TRIES):
        shown, versions, markers = _read(ids)
        wanted = {each: _marker(shown.get(each), versions.get(each)) for each in ids}
        left = [each for each in ids if wanted[each] != _bare(markers.get(each))]
        lost = (
            {gone_of} - {""} if any(each not in versions and each not in markers for each in ids) else set()
        )
        if not left and not lost:
            return
        parts, whole = _parts(left, wanted, markers)
        whole |= lost  # another run may have put it onto pages before it was followed
        for member_id in sorted(whole):
            profiles.settle_all(member_id)
        for member_id, some in parts.items():
            if member_id not in whole:
                profiles.settle(member_id, some)
        _write(left, shown, wanted, markers)
        gone_of = ""
    raise profiles.Unsettled(ids[0])


def _read(ids: list[str]) -> tuple[dict[str, Shown], dict[str, int], dict[str, Item]]:
    shown = reading.highlights(ids)
    wanted = [key for each in ids for key in (keys.highlight(each), keys.paged(each))]
    items = table.get_many(wanted, consistent=True)
    markers = {item[keys.PK]: item for item in items if item[keys.SK] == keys.paged("").sk}
    versions = {item["id"]: item["version"] for item in items if item[keys.SK] == keys.highlight("").sk}
    return shown, versions, {each: found for each in ids if (found := markers.get(keys.paged(each).pk))}


def _marker(shown: Shown | None, version: int | None) -> Item | None:
    """None: there is no such highlight, and so nothing to know of it."""
    if version is None:
        return None
    if shown is None:
        return {"version": version}
    fact = shown.fact
    people = [each["member_id"] for each in fact["collaborators"] if each["state"] == "confirmed"]
    return {
        "version": fact["version"],
        "member": fact["member_id"],
        "year": fact["start"][:4],
        "badges": fact["badges"],
        "people": [each for each in people if each],
        "digests": [each.digest for each in _pages(shown)],
    }


def _bare(marker: Item | None) -> Item | None:
    return (
        {name: value for name, value in marker.items() if name not in (keys.PK, keys.SK)} if marker else None
    )


def _parts(
    ids: list[str], wanted: dict[str, Item | None], markers: dict[str, Item]
) -> tuple[Parts, set[str]]:
    """The pages to look at; and the members of whom all are."""
    parts: Parts = defaultdict(set)
    whole: set[str] = set()
    for each in ids:
        old, new = markers.get(each, {}), wanted[each] or {}
        is_same = old.get("version") == new.get("version") and ("year" in old) == ("year" in new)
        for state in (old, new):
            for member_id, some in _places(state).items():
                if not is_same or member_id != state["member"]:  # only who it is by is called otherwise
                    parts[member_id] |= some
        owner = new.get("member") or old.get("member")
        if owner and new.get("version", 0) > old.get("version", 0) + 1:
            whole.add(owner)
    return parts, whole


def _places(state: Item) -> Parts:
    if "year" not in state:
        return {}
    own = {(badge, state["year"]) for badge in (WHOLE, *state["badges"])}
    return {state["member"]: own} | {each: {(WHOLE, state["year"])} for each in state["people"]}


def _write(
    ids: list[str], shown: dict[str, Shown], wanted: dict[str, Item | None], markers: dict[str, Item]
) -> None:
    """The page first, for the marker says that it stands there."""
    pages = [page for each in ids if each in shown for page in _pages(shown[each])]
    before = {each: markers[each]["digests"] for each in ids if "digests" in markers.get(each, {})}
    there = {
        key: digest for each, some in before.items() for key, digest in zip(_keys(each), some, strict=True)
    }
    bucket.sync(there, pages, stale=list(there))
    noted = [keys.paged(each)._asdict() | new for each in ids if (new := wanted[each])]
    table.write_many(noted, [keys.paged(each) for each in ids if not wanted[each]])


def _keys(highlight_id: str) -> list[str]:
    return [bucket.key(page_path(highlight_id) + name) for name in ("", "oembed.json")]


def _pages(of: Shown) -> list[Page]:
    """In the order of their keys."""
    return [_page(of), documents.embedded_highlight(*of)]


def _page(of: Shown) -> Page:
    fact, author = of
    badges = {each["id"]: (place, each["name"]) for place, each in enumerate(author["badges"])}
    text = writing.write(
        "highlight.html",
        member=documents.shown(author),
        of=fact,
        facets=[(each, *badges[each]) for each in fact["badges"] if each in badges],
        people=[each for each in fact["collaborators"] if each["state"] != "declined"],
        folder_of=lambda badge: timelines.link(author, badge),
        linked=documents.linked_highlight(fact, author),
    )
    return Page(page_path(fact["id"]), text)
