"""Effect of DepartureChanged: whom the member has told who they are, who has told them, and their works.

Where the Space Station found them is no concern of this: `place_member` takes hidden profiles out of it, and
needs its markers for that.
"""

from core import erasing, keys, table

_AT_ONCE = 100  # of each list


@erasing.eraser
def handler(member_id: str) -> None:
    told, heard = keys.reveals(member_id, "", ""), keys.revealed(member_id, "", "")
    done = [
        erasing.drop_part(*table.query(heard.pk, index="gsi1", limit=_AT_ONCE)),
        erasing.drop_part(*table.query(told.pk, index="gsi2", limit=_AT_ONCE)),
    ]
    table.write_many([], [keys.works(member_id)])
    if not all(done):
        erasing.go_on(member_id)
