"""Effect of ArrivalChanged: the picture that a story came with becomes its member's own media."""

from contextlib import suppress

from core import arrivals, clock, keys, media, pictures, table
from core.events import ArrivalChanged, subscriber


@subscriber(ArrivalChanged)
def handler(event: ArrivalChanged) -> None:
    item = table.get(keys.arrival(*event.arrival_id.split("#")), consistent=True)
    wanted = item and item["wanted"].get("picture")
    if not item or not wanted or item.get("picture", {}).get("url") == wanted["url"]:
        return
    quota = media.most_bytes("quota")
    media_id = pictures.taken(wanted["url"], item["member_id"], clock.now(), quota=quota)
    with suppress(table.ConditionFailed):  # it has changed since: its own event comes
        table.write(arrivals.pictured(item, media_id))
