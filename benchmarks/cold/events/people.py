"""Members, who knows whom, and finding people."""

from benchmarks.cold.events.asking import (
    DEPARTURE,
    HIGHLIGHT,
    MEMBER,
    Asks,
    of_colleague,
    of_member,
    own,
    told,
    visitor,
)
from benchmarks.ties import TAG

MEMBERS: Asks = {
    "get_me": own(),
    "edit_me": own(body={"headline": "Forty years, and one.", "bio": "**Hello**"}),
    "change_handle": own(body={"handle": "noor-of-many"}),
    "open_up": own(activity="mentor", body={"note": "On Fridays."}),
    "close_off": own(activity="mentor"),
    "list_activities": visitor(),
    "get_member": visitor(handle=of_member),
    "raise_shield": own(body={"domains": ["acme.example"]}),
    "view_as": own(),
    "show_portrait": told("MediaChanged", media_id=lambda world: world.seen.media[1]["id"]),
    "erase_profile": DEPARTURE,
}

NETWORK: Asks = {
    "list_blocks": own(),
    "block_member": own(handle=of_colleague),
    "unblock_member": own(handle=of_colleague),
    "follow_member": own(handle=of_colleague),
    "unfollow_member": own(handle=of_colleague),
    "list_followers": visitor(handle=of_member),
    "list_following": visitor(handle=of_member),
    "count_my_follows": own(),
    "count_follows": told(
        "FollowChanged", follow_id=lambda world: f"{world.owner.id}#{world.ties.others[0]}"
    ),
    "erase_network": DEPARTURE,
}

SPACE_STATION: Asks = {
    "search_space_station": own(query={"tag": TAG}),
    "list_my_reveals": own(),
    "reveal_myself": own(handle=of_colleague),
    "place_member": MEMBER,
    "place_works": HIGHLIGHT,
    "erase_station": DEPARTURE,
}
