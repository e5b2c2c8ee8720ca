"""How a context forgets a member who has left.

A departure is a fact: `DELETE /v1/me` writes it, and with it hides the profile and ends all tokens. Each
context has an effect that erases what it keeps of the member:

    @eraser
    def handler(member_id: str) -> None:
        drop(keys.something(member_id, "").pk)

    context.on("DepartureChanged", "erase_somethings", may(table, …))

It is called again after a quarter of an hour, an hour and a day, for what an effect or a request that was
under way has written meanwhile: so it must be harmless to run when there is nothing left. Where there can be
more than one run manages, it erases a part and asks for the next run with `go_on`.
"""

from collections.abc import Callable
from typing import Any

from core import keys, table
from core.events import DepartureChanged, subscriber
from core.keys import Key
from core.table import Item


def eraser(function: Callable[[str], None]) -> Callable[..., dict[str, Any]]:
    """`function` gets the member's id."""

    @subscriber(DepartureChanged)
    def handler(event: DepartureChanged) -> None:
        # Of nobody who has not left is anything erased, whoever says so.
        if table.get(keys.departure(event.departure_id), consistent=True):
            function(event.departure_id)

    return handler


def drop(pk: str, between: tuple[str, str] | None = None) -> None:
    """All that stands there. Where the time is up before, the queue brings the event again."""
    while True:
        items, more = table.query(pk, between, limit=100, consistent=True)
        table.write_many([], [Key(pk, item[keys.SK]) for item in items])
        if more is None:
            return


def drop_part(items: list[Item], more: Key | None) -> bool:
    """What `table.query` found, of a list that may be long; whether that was the end of it."""
    table.write_many([], [Key(item[keys.PK], item[keys.SK]) for item in items])
    return more is None


def go_on(member_id: str) -> None:
    """Has all erasers of this member run once more, now."""
    change = "ADD version :one"
    table.write(table.update(keys.departure(member_id), change, "attribute_exists(pk)", one=1))
