"""Effect of DepartureChanged: follows and blocks, on both sides, and the member's own counts.

The counts of others follow from the end of each follow, as they always do.
"""

from core import erasing, keys, table

_AT_ONCE = 100  # of each list


@erasing.eraser
def handler(member_id: str) -> None:
    followers, following = keys.followers(member_id, "", ""), keys.following(member_id, "", "")
    done = [
        _blocks(member_id),
        erasing.drop_part(*table.query(followers.pk, index="gsi1", limit=_AT_ONCE)),
        erasing.drop_part(*table.query(following.pk, index="gsi2", limit=_AT_ONCE)),
    ]
    table.write_many([], [keys.follow_counts(member_id)])
    if not all(done):
        erasing.go_on(member_id)


def _blocks(member_id: str) -> bool:
    """That of the other first: the member's own leads to it, where this is cut off in between."""
    items, more = table.query(keys.block(member_id, "").pk, limit=_AT_ONCE, consistent=True)
    table.write_many([], [keys.block(item[keys.SK], member_id) for item in items])
    return erasing.drop_part(items, more)
