"""Effect of DepartureChanged: the member's media, used or not; the files follow (remove_media)."""

from core import erasing, keys, table

_SOME = 100


@erasing.eraser
def handler(member_id: str) -> None:
    [partition, _] = keys.media_of(member_id).values()
    while items := table.query(partition, index="gsi2", limit=_SOME)[0]:
        table.write_many([], (keys.media(each["id"]) for each in items))
    table.write(table.delete(keys.media_used(member_id)))
