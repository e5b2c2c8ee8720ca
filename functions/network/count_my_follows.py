"""GET /v1/me/follow-counts"""

from core import keys, table
from core.http import endpoint
from core.request import Caller
from core.shapes import Shape


class FollowCounts(Shape):
    """Shown to nobody but oneself."""

    followers: int
    following: int


@endpoint()
def handler(me: Caller) -> FollowCounts:
    counts = table.get(keys.follow_counts(me.id)) or {}
    return FollowCounts(followers=counts.get("followers", 0), following=counts.get("following", 0))
