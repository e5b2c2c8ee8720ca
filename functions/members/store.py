"""Profiles in the table, and the handles that lead to them."""

from collections.abc import Callable

from core import handles, keys, table
from core.errors import Changed, Conflict, NotFound
from core.handles import HIDDEN
from core.media import Unsteady
from core.table import Item, Write
from members.profile import Me

_TRIES = 5
_OURS_OR_FREE = f"{handles.FREE} OR member_id = :me"


def get(member_id: str, *, consistent: bool = False) -> Me:
    item = table.get(keys.member(member_id), consistent=consistent)
    if item is None or item["visibility"] == HIDDEN:
        raise NotFound("This account has no profile.")
    return Me.model_validate({name: value for name, value in item.items() if name not in (keys.PK, keys.SK)})


def replace(old: Me, new: Me, *media: Write) -> None:
    """Raises Changed where somebody else was faster, Conflict where the new handle is another's, and Unsteady
    where media was not as it was seen.
    """
    names = _handles(old, new)
    try:
        table.write(_profile(old, new), *names, *media)
    except table.ConditionFailed as failure:
        if failure.found.keys() & range(1, 1 + len(names)):
            raise Conflict("This handle, or one that looks like it, is taken.") from None
        if 0 not in failure.found:
            raise Unsteady from None
        raise Changed(
            "It was changed since you read it. Read it again, and decide on what is there now."
        ) from None


def change(member_id: str, edit: Callable[[Me], Me]) -> Me:
    """For a change that names no version: made on what is there, and anew if another is faster."""
    for _ in range(_TRIES):
        old = get(member_id, consistent=True)
        new = edit(old)
        try:
            replace(old, new)
        except Changed:
            continue
        return new
    raise Conflict("Your profile is being changed in several places at once; try again.")


def _profile(old: Me, new: Me) -> Write:
    item = new.model_dump() | keys.member(new.id)._asdict()
    return table.put(item, only_if="version = :seen", seen=old.version)


def _handles(old: Me, new: Me) -> list[Write]:
    """The handle says whose it is and whether visitors may know; a former one leads on to the current one."""
    if (old.handle, old.visibility) == (new.handle, new.visibility):
        return []
    values = {"me": new.id, "now": new.updated_at}
    current = table.put(_handle(new, new.handle, current=True), only_if=_OURS_OR_FREE, **values)
    if handles.skeleton(old.handle) == handles.skeleton(new.handle):
        return [current]
    return [current, table.put(_handle(new, old.handle, current=False))]


def _handle(of: Me, handle: str, *, current: bool) -> Item:
    facts = {"handle": handle, "member_id": of.id, "visibility": of.visibility, "current": current}
    return keys.handle(handles.skeleton(handle))._asdict() | facts
