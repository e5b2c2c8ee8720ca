"""POST /v1/sources"""

from core.http import endpoint
from core.idempotency import Once
from core.request import Body, Caller, Now
from sources import addresses, limits, store
from sources.source import NewSource, Source


@endpoint(status=201)
def handler(new: Body[NewSource], me: Caller, now: Now, once: Once) -> Source:
    once.answer_again()  # else a repeat would be told that there is such a source already
    feed_url = addresses.feed_of(new.kind, new.address)
    store.check_badges(new.badges, me.id, known=[])
    store.check_is_new(me.id, feed_url)
    limits.SOURCES.spend(me.id, now)
    source, writes = store.added(new.model_dump(), feed_url, me.id, now)
    once.write(*writes, answer=source)
    return source
