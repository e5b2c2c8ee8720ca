"""Effect of DepartureChanged: the member's imports and what was found in them."""

from core import erasing, keys, table

_SOME = 20


@erasing.eraser
def handler(member_id: str) -> None:
    [partition, _] = keys.imports_of(member_id).values()
    while found := table.query(partition, index="gsi2", limit=_SOME)[0]:
        for each in found:
            erasing.drop(keys.import_job(each["id"]).pk)
