"""Effect of MemberChanged: who is open to an activity, for those who look for somebody to tell of it."""

from functools import partial

from core import keys, table
from core.derived import settle
from core.events import MemberChanged, subscriber
from core.handles import HIDDEN
from core.table import Item, Write

_BETWEEN = 10  # of a member's items, these two and what stands between them by its name


@subscriber(MemberChanged)
def handler(event: MemberChanged) -> None:
    fact, marker = keys.member(event.member_id), keys.openness_listed(event.member_id)
    items, _ = table.query(fact.pk, (marker.sk, fact.sk), limit=_BETWEEN, consistent=True)
    found = {item[keys.SK]: item for item in items}
    settle(fact, marker, _listed, partial(_moves, event.member_id), found)


def _listed(profile: Item | None) -> Item | None:
    """Until when for each activity; "~" where it has no end, which sorts after every time."""
    open_to = [] if profile is None or profile["visibility"] == HIDDEN else profile.get("open_to", [])
    return {each["activity"]: each.get("expires_at") or "~" for each in open_to}


def _moves(member_id: str, old: Item, new: Item) -> list[Write]:
    changed = [each for each in sorted(old.keys() | new.keys()) if old.get(each) != new.get(each)]
    return [_move(keys.open_to(activity, member_id), new.get(activity)) for activity in changed]


def _move(key: keys.Key, until: str | None) -> Write:
    return table.put(key._asdict() | {"until": until}) if until else table.delete(key)
