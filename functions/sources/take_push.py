"""Effect of PushChanged: what a hub has sent is read as the feed would be, of which it is a part."""

from core import clock
from core.events import PushChanged, subscriber
from sources import pushes, reading, schedule, store, taking


@subscriber(PushChanged)
def handler(event: PushChanged) -> None:
    push = pushes.get(event.push_id)
    if push is None:
        return
    found, now = store.read(push.source_id), clock.now()
    if found.fact and found.poll and found.fact["state"] == "active":
        feed_url = found.poll["feed_url"]
        read = reading.read(push.body, push.content_type, feed_url)
        if read.feed:
            taken = taking.take(found.fact, read.feed, feed_url, now, is_whole=False)
            schedule.caught(push.source_id, read.feed, taken, now)
    pushes.drop(event.push_id)
