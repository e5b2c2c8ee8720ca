"""Effect of HighlightChanged: its author's works, and so where the Space Station finds them."""

from contextlib import suppress
from functools import partial

from core import keys, table
from core.derived import settle
from core.events import HighlightChanged, subscriber
from space_station import placing, works


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    fact, marker = keys.highlight(event.highlight_id), keys.worked(event.highlight_id)
    settle(fact, marker, works.part, partial(works.moves, event.highlight_id))
    note = keys.unplaced(event.highlight_id)
    if left := table.get(note, consistent=True):
        placing.place(left["member_id"])
        with suppress(table.ConditionFailed):  # whoever has changed the works meanwhile places them too
            table.write(table.delete(note, "version = :placed", placed=left["version"]))
