"""Effect of HighlightChanged: its links have previews, which visitors may see if they may see the links."""

from core import clock, keys, table
from core.events import HighlightChanged, subscriber
from previews import store


@subscriber(HighlightChanged)
def handler(event: HighlightChanged) -> None:
    fact = table.get(keys.highlight(event.highlight_id), consistent=True)
    if fact and fact["visibility"] != "draft":
        urls = [link["url"] for link in fact["links"]]
        store.stand_on_highlight(urls, clock.now(), is_public=fact["visibility"] == "public")
