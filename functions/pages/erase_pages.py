"""Effect of DepartureChanged: nothing of a member's pages stays, whatever was still being written."""

from core import erasing, keys, table
from pages import boards, highlights, profiles, reading


@erasing.eraser
def handler(member_id: str) -> None:
    profiles.take_down(member_id)
    for some in reading.own_ids(member_id):
        highlights.settle(some)
    boards.settle_of(member_id)
    if reading.member(member_id) is None:  # or its own news will come
        table.write(table.delete(keys.rendered(member_id)))
