"""What members have put in and linked to, as items of the table: media, and previews of links."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property

from core import clock, keys
from core.media import new_item
from core.table import Item
from previews.preview import Found, Outcome, digest, kept

LINK = "https://example.org/archive"
_MOST = 400  # more than any page shows


class Seen:
    """All of it is the `owner`'s, and ready; the second one is her portrait, and on `highlight`."""

    def __init__(self, owner: str, size: int, highlight: str) -> None:
        self.owner, self._highlight = owner, highlight
        self.now, self._count = clock.now(), min(size, _MOST)

    def items(self) -> Iterator[Item]:
        yield from self.media
        yield keys.media_used(self.owner)._asdict() | {"used": 1_000_000 * len(self.media)}
        yield self.preview

    @cached_property
    def media(self) -> list[Item]:
        made = [self._photograph() for _ in range(self._count)]
        made[1]["refs"] = {self.owner: "member", self._highlight: "highlight"}
        return made

    def _photograph(self) -> Item:
        item = new_item(clock.new_id(), self.owner, "image", "image/jpeg", 1_000_000, self.now)
        address = f"/media/{item['id']}/0123456789abcdef"
        widths = ((480, 360), (960, 720), (1920, 1440))
        made = [
            {"url": f"{address}-{wide}.webp", "width": wide, "height": high, "bytes": 50 * wide}
            for wide, high in widths
        ]
        facts = {"file_name": "archive.jpg", "state": "ready", "width": 4032, "height": 3024}
        placeholder = {"placeholder": "data:image/webp;base64," + "A" * 300}
        return item | facts | placeholder | {"renditions": made}

    @cached_property
    def preview(self) -> Item:
        found = Found(
            title="The archive", description="Forty years of local radio. " * 10, site_name="Archive"
        )
        settled = kept(Outcome("ready", self.now + timedelta(days=7), found))
        facts = {"id": digest(LINK), "version": 2, "url": LINK, "is_public": True}
        return keys.preview(digest(LINK))._asdict() | facts | settled
