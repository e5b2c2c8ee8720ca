"""By the clock: uploads whose event got lost, tries that ended without a word, and what nobody refers to."""

from contextlib import suppress
from datetime import datetime, timedelta

from core import clock, keys, table
from core.errors import Conflict
from core.events import Tick, subscriber
from core.table import Item
from media import objects, store

_AT_ONCE = 50
_GIVEN_UP_AFTER = timedelta(hours=1)


@subscriber(Tick)
def handler(_tick: Tick) -> None:
    for each in store.to_look_at(clock.now(), _AT_ONCE):
        item = table.get(keys.media(each["id"]), consistent=True)
        if item:
            _look_at(item)


def _look_at(item: Item) -> None:
    now = clock.now()
    if item["state"] in ("waiting", "processing"):
        _bring_on(item, now)
    elif item["refs"]:
        store.leave_alone(item)
    else:
        with suppress(Conflict):  # somebody refers to it since
            store.remove(item)


def _bring_on(item: Item, now: datetime) -> None:
    if not objects.has_upload(item["id"]):
        store.refuse(item, "No file arrived within ten minutes.", now)
    elif now - datetime.fromisoformat(item["created_at"]) > _GIVEN_UP_AFTER:
        store.refuse(item, "The file cannot be read.", now)
    else:
        objects.tell_again(item["id"])
