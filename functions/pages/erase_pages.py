"""Effect of DepartureChanged: nothing stays under a member's handles, whatever was still being written.

Their highlights and opportunities are erased by their own contexts, and those pages follow from that.
"""

from core import erasing, keys, table
from pages import profiles


@erasing.eraser
def handler(member_id: str) -> None:
    profiles.take_down(member_id)
    table.write(table.delete(keys.rendered(member_id)))
