"""Members who leave or are shut out: from then on nobody sees them, and none of their tokens is good."""

from contextlib import suppress
from datetime import datetime, timedelta

from core import clock, handles, keys, standing, table
from core.errors import Conflict, NotFound
from core.handles import HIDDEN
from core.table import Item, Write

# When erasers run once more, for what was still under way: see core/erasing.py.
_AGAIN = (timedelta(minutes=15), timedelta(hours=1), timedelta(days=1))
_DUE_AT_ONCE = 25
_ALL_DUE = "DEPARTURES"


def leave(member_id: str, now: datetime) -> None:
    """Twice is as once."""
    fact = keys.departure(member_id)._asdict() | {"id": member_id, "version": 1, "runs": 0}
    left = table.put(fact | _due(now, 0), "attribute_not_exists(pk)")
    account = _account(member_id, now, state="deleted")
    try:
        table.write(
            left,
            table.put(account),
            standing.ended(member_id, now),
            *_seen_as(member_id, HIDDEN),
        )
    except table.ConditionFailed as failure:
        if 0 not in failure.found:
            raise _busy() from None


def suspend(member_id: str, reason: str, by: str, now: datetime) -> None:
    """Twice is as once, with the latest reason."""
    before = table.get(keys.account(member_id), consistent=True)
    if before and before["state"] == "deleted":
        raise _gone()
    visibility = before["visibility"] if before else _profile(member_id)["visibility"]
    account = _account(member_id, now, state="suspended", reason=reason, by=by, visibility=visibility)
    unchanged = "#at = :seen" if before else "attribute_not_exists(pk)"
    stored = table.put(account, unchanged, **({"seen": before["at"]} if before else {}))
    hidden = [] if before else _seen_as(member_id, HIDDEN)
    try:
        table.write(stored, standing.ended(member_id, now), *hidden)
    except table.ConditionFailed:
        raise _busy() from None


def check_suspended(member_id: str) -> Item:
    account = table.get(keys.account(member_id), consistent=True)
    if account is None or account["state"] != "suspended":
        raise NotFound("This member is not suspended.")
    return account


def lift(member_id: str) -> None:
    account = check_suspended(member_id)
    done = table.delete(keys.account(member_id), "#at = :seen", seen=account["at"])
    try:
        table.write(done, *_seen_as(member_id, account["visibility"]))
    except table.ConditionFailed:
        raise _busy() from None


def member_of(handle: str) -> str:
    """Also of a member whom nobody sees; a former handle leads there too."""
    item = table.get(keys.handle(handles.skeleton(handle)), consistent=True) or {}
    if item.get("handle") != handle.lower():
        raise _gone()
    return str(item["member_id"])


def continue_due(now: datetime) -> None:
    """Has the erasers of those run once more whose time has come."""
    due, _ = table.query(_ALL_DUE, ("0", clock.timestamp(now)), index="gsi1", limit=_DUE_AT_ONCE)
    for each in due:
        runs = each["runs"] + 1
        again = {"runs": runs, "version": each["version"] + 1} | _due(now, runs)
        fact = keys.departure(each["id"])
        with suppress(table.ConditionFailed):  # somebody was faster, which comes to the same
            old = {name: value for name, value in each.items() if name not in keys.INDEXES["gsi1"]}
            table.write(table.put(old | fact._asdict() | again, "version = :seen", seen=each["version"]))


def _due(now: datetime, runs: int) -> Item:
    """Its place among those that wait; after the last run it waits no more."""
    if runs >= len(_AGAIN):
        return {}
    return dict(zip(keys.INDEXES["gsi1"], (_ALL_DUE, clock.timestamp(now + _AGAIN[runs])), strict=True))


def _account(member_id: str, now: datetime, **said: str) -> Item:
    return keys.account(member_id)._asdict() | {"at": clock.timestamp(now)} | said


def _seen_as(member_id: str, visibility: str) -> list[Write]:
    """The profile and its handle, which both say who may see them."""
    profile = _profile(member_id)
    change, values = "SET #visibility = :visibility", {"visibility": visibility}
    handle = keys.handle(handles.skeleton(profile["handle"]))
    return [
        table.update(
            keys.member(member_id),
            f"{change} ADD version :one",
            "version = :seen",
            **values,
            one=1,
            seen=profile["version"],
        ),
        table.update(handle, change, "member_id = :id", **values, id=member_id),
    ]


def _profile(member_id: str) -> Item:
    profile = table.get(keys.member(member_id), consistent=True)
    if profile is None:
        raise _gone()
    return profile


def _gone() -> NotFound:
    return NotFound("Nobody here has this handle.")


def _busy() -> Conflict:
    return Conflict("This profile is just being changed; try again.")
