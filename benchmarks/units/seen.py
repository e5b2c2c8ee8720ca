"""The patterns of media and of link previews."""

from typing import Any

from benchmarks.requests import request
from benchmarks.seen import LINK
from benchmarks.units.patterns import Pattern, Read
from benchmarks.units.stage import One, Some, Stage
from core import keys


def _own_page(stage: Stage, answer: Any) -> list[Read]:
    shown = [keys.media(each["id"]) for each in answer["items"]]
    return [Some(shown), One(keys.media_used(stage.world.owner.id), consistent=True)]


SEEN = [
    Pattern(
        name="own media, a page",
        why="the media shown: one query; and how much room they take, consistently",
        function="media.list_media",
        event=lambda stage: request("media.list_media", user=stage.world.owner.id),
        reads=_own_page,
    ),
    Pattern(
        name="media by id",
        why="the item, consistently: whoever uploads asks until it is ready",
        function="media.get_media",
        event=lambda stage: request(
            "media.get_media", user=stage.world.owner.id, media_id=stage.world.seen.media[0]["id"]
        ),
        reads=lambda stage, _: [One(keys.media(stage.world.seen.media[0]["id"]), consistent=True)],
    ),
    Pattern(
        name="link preview, as visitor",
        why="the preview's item",
        function="previews.get_link_preview",
        event=lambda _: request("previews.get_link_preview", public=True, query={"url": LINK}),
        reads=lambda stage, _: [One(keys.preview(stage.world.seen.preview["id"]))],
    ),
]
