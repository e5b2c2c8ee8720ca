"""Effect of DepartureChanged: the member's sources and inboxes, and all that is known of them.

Hubs are not told: their next word finds nobody, which ends the subscription (W3C WebSub, 7).
"""

from core import erasing, keys, table

_MOST = 200  # more than anybody can have


@erasing.eraser
def handler(member_id: str) -> None:
    partition = keys.sources_of(member_id)["gsi2pk"]
    for fact in table.query(partition, index="gsi2", limit=_MOST)[0]:
        erasing.drop(keys.source(fact["id"]).pk)
    partition = keys.inboxes_of(member_id)["gsi2pk"]
    inboxes, _ = table.query(partition, index="gsi2", limit=_MOST)
    table.write_many([], [keys.inbox(each["id"]) for each in inboxes])
