"""Opportunities for everybody to see: the board's page, and one for each."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from core import clock, keys, table
from core.keys import Key
from core.table import Item
from pages import bucket, reading, writing
from pages.bucket import Page

ON_THE_BOARD = 60
_STANDS = timedelta(days=30)
_AT_ONCE = 100
_TRIES = 4


def settle(ids: Iterable[str]) -> None:
    """Their own pages, and the board's."""
    for each in ids:
        _settle_one(each)
    settle_board()


def settle_of(member_id: str) -> None:
    """Whatever this member has asked for."""
    after: Key | None = None
    pk = keys.posted(member_id, "").pk
    while True:
        found, after = table.query(pk, limit=_AT_ONCE, after=after, consistent=True)
        if found:
            settle(each["id"] for each in found)
        if after is None:
            return


def settle_board() -> None:
    there = bucket.listed("opportunities/")
    for _ in range(_TRIES):
        found = current(clock.now())
        page = Page("opportunities/", writing.write("opportunities.html", found=found))
        if not bucket.sync(there, [page]):
            return


def settle_expired() -> None:
    """Time takes them off the board, and nothing else tells of it; their entries stay a little longer."""
    now = clock.timestamp(clock.now())
    over = [each["id"] for each in _entries(clock.now(), "expires_at <= :moment", moment=now)]
    for each in over:
        if page := _page(each):  # of what is gone its own news takes the page away
            bucket.sync(bucket.listed(f"o/{each}/"), [page])


def current(now: datetime) -> list[tuple[Item, Item]]:
    """What stands there for visitors, newest first, with who has posted it."""
    found = _entries(
        now, "expires_at > :moment AND #visibility = :public", moment=clock.timestamp(now), public="public"
    )
    posters = {each: reading.member(each) for each in dict.fromkeys(each["member_id"] for each in found)}
    return [(each, poster) for each in found if (poster := posters[each["member_id"]])]


def _entries(now: datetime, only: str, **values: Any) -> list[Item]:
    pk, after = keys.board("all", "", "").pk, None
    since = (clock.timestamp(now - _STANDS), "~")
    found: list[Item] = []
    while len(found) < ON_THE_BOARD:
        some, after = table.query(
            pk, since, limit=_AT_ONCE, newest_first=True, after=after, consistent=True, only=only, **values
        )
        found += some
        if after is None:
            break
    return found[:ON_THE_BOARD]


def _settle_one(opportunity_id: str) -> None:
    there = bucket.listed(f"o/{opportunity_id}/")
    for _ in range(_TRIES):
        page = _page(opportunity_id)
        if not bucket.sync(there, [page] if page else [], stale=list(there)):
            return


def _page(opportunity_id: str) -> Page | None:
    of = table.get(keys.opportunity(opportunity_id), consistent=True)
    if of is None or of["visibility"] != "public":
        return None
    poster = reading.member(of["member_id"])
    if poster is None:
        return None
    over = of["state"] == "open" and of["expires_at"] <= clock.timestamp(clock.now())
    seen = of | ({"state": "expired"} if over else {})
    return Page(f"o/{opportunity_id}/", writing.write("opportunity.html", of=seen, poster=poster))
