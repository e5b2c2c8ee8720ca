"""Highlights and their timelines, tags, media and previews, the pages of all that, and the stream."""

from benchmarks.cold.events.asking import (
    DEPARTURE,
    HIGHLIGHT,
    TICK,
    Asks,
    anybody,
    of_member,
    own,
    told,
    visitor,
)
from benchmarks.requests import highlight_changed, highlight_written, uploaded
from benchmarks.seen import LINK
from benchmarks.world import World


def _one(world: World) -> str:
    return world.public[0].id


def _media(world: World) -> str:
    return str(world.seen.media[0]["id"])


_MEDIA = told("MediaChanged", media_id=_media)
_NEW = {
    "kind": "work",
    "title": "The archive opens its doors",
    "start": "2026-11-20",
    "text": "We rebuilt the archive of **forty years** of local radio.",
    "tags": ["radio", "five", "new", "tags", "here"],
    "badges": ["analyst"],
}

TIMELINE: Asks = {
    "create_highlight": own(body=_NEW),
    "get_highlight": own(highlight_id=_one),
    "edit_highlight": own(highlight_id=_one, body={"title": "Another"}),
    "delete_highlight": own(highlight_id=_one),
    "edit_highlights": own(body=lambda world: {"ids": [_one(world)], "add_tags": ["added"]}),
    "answer_collaboration": own(highlight_id=lambda world: world.shared.id, body={"state": "accepted"}),
    "list_highlights": visitor(handle=of_member),
    "count_highlights": visitor(handle=of_member),
    "count_years": HIGHLIGHT,
    "share_highlight": lambda _, world: highlight_changed(world.shared.id),
    "show_media": told("MediaChanged", media_id=lambda world: world.seen.media[1]["id"]),
    "take_arrival": told("ArrivalChanged", arrival_id=lambda world: world.outside.arrival["id"]),
    "erase_timeline": DEPARTURE,
}

TAGS: Asks = {
    "suggest_tags": visitor(query={"prefix": "r"}),
    "count_tags": HIGHLIGHT,
}

# What was written is not found, neither in the bucket nor in the table, and pages are made until it is. So
# these are of what nobody sees: it is looked for, and none is made.
_HIDDEN = told("MemberChanged", member_id=lambda world: world.entrance.shut_out)

PAGES: Asks = {
    "show_missing": anybody(**{"address": "@noor/2019", "address+": "-"}),
    "render_highlight": told("HighlightChanged", highlight_id=lambda world: world.draft.id),
    "render_member": _HIDDEN,
    "draw_picture": _HIDDEN,
    "render_opportunity": told(
        "OpportunityChanged", opportunity_id=lambda world: world.dealings.opportunities[0].id
    ),
    "render_entrances": TICK,
    "erase_pages": DEPARTURE,
}

MEDIA: Asks = {
    "create_media": own(body={"file_name": "archive.jpg", "content_type": "image/jpeg", "size": 1_000_000}),
    "get_media": own(media_id=_media),
    "delete_media": own(media_id=_media),
    "list_media": own(),
    "process_upload": lambda _, world: uploaded(_media(world)),
    "remove_media": _MEDIA,
    "erase_media": DEPARTURE,
    "sweep_media": TICK,
}

PREVIEWS: Asks = {
    "get_link_preview": own(query={"url": LINK}),
    "fetch_preview": told("PreviewChanged", preview_id=lambda world: world.seen.preview["id"]),
    "want_previews": HIGHLIGHT,
    "show_picture": _MEDIA,
}

EVENTS: Asks = {
    "publish": lambda _, world: highlight_written(_one(world)),
}
